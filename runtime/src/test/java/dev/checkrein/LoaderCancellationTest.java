package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.checkrein.internal.cancel.FakePolls;
import dev.checkrein.internal.pause.NoThreads;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs in a loader's classes ends where it has begun. */
class LoaderCancellationTest {
    private FakePolls polls;

    @BeforeEach
    void install() {
        polls = new FakePolls(new NoThreads() {
            @Override
            public List<Thread> all() {
                return List.of(Thread.currentThread(), new Thread("elsewhere"));
            }

            @Override
            public Set<String> classNamesOf(ClassLoader loader) {
                return Set.of(Plugin.class.getName());
            }
        });
    }

    @AfterEach
    void uninstall() {
        polls.close();
    }

    /** What a loader of its own defines. Calls what it is given. */
    public static final class Plugin {
        public static void run(Runnable body) {
            body.run();
        }

        public static void cleanUp(Runnable body) {
            body.run();
        }
    }

    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super("plugin", Plugin.class.getClassLoader());
        }

        Runnable method(String name, Runnable body) {
            try {
                var method = loadClass(Plugin.class.getName(), false).getMethod(name, Runnable.class);
                return () -> {
                    try {
                        method.invoke(null, body);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw LoaderCancellationTest.<RuntimeException>unchecked(e.getCause());
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                };
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null || !name.equals(Plugin.class.getName())) {
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] classFile = in.readAllBytes();
                return defineClass(name, classFile, 0, classFile.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static void runIn(PluginLoader loader, Runnable body) {
        loader.method("run", body).run();
    }

    @Test
    void theErrorComesOutOfItsOutermostMethodAndNoFurther() {
        PluginLoader loader = new PluginLoader();
        Throwable thrown = catchThrowable(() -> runIn(loader, () -> {
            Checkrein.cancelLoader(loader, "unloaded");
            assertThat(catchThrowable(polls::poll)).isInstanceOf(CancellationError.class);
            polls.poll();
        }));
        assertThat(thrown)
                .isInstanceOf(CancellationError.class)
                .hasMessageStartingWith("class loader \"plugin\" (" + PluginLoader.class.getName() + "@")
                .hasMessageEndingWith(" was cancelled: unloaded");
        polls.poll();
        assertThat(polls.pending()).as("the thread is not there any more").isFalse();
    }

    @Test
    void anotherLoadersClassesOfTheSameNameGoOn() {
        PluginLoader loader = new PluginLoader();
        runIn(new PluginLoader(), () -> {
            Checkrein.cancelLoader(loader, "unloaded");
            polls.poll();
        });
        assertThat(polls.pending()).isFalse();
    }

    @Test
    void aScopeAroundItEndsAsIfItWereCancelled() throws Exception {
        PluginLoader loader = new PluginLoader();
        CancellationScope outer = CancellationScope.named("outer");
        CancellationScope around = CancellationScope.named("around");
        CancellationScope within = CancellationScope.named("within");
        outer.run(() -> {
            Throwable thrown = catchThrowable(() -> around.run(() -> runIn(loader, () -> {
                Throwable inner = catchThrowable(() -> within.run(() -> {
                    Checkrein.cancelLoader(loader, "unloaded");
                    polls.poll();
                }));
                assertThat(inner).isInstanceOf(CancellationError.class);
                polls.poll();
            })));
            assertThat(thrown)
                    .isInstanceOf(CancellationException.class)
                    .hasMessageEndingWith(" was cancelled: unloaded")
                    .hasCauseInstanceOf(CancellationError.class);
            polls.poll();
        });
        assertThat(polls.pending()).isFalse();
    }

    @Test
    void whatCleansUpInsideShieldsAndWhatCleansUpAroundDoesNot() {
        PluginLoader loader = new PluginLoader();
        boolean[] cleanedUp = new boolean[1];
        Throwable thrown = catchThrowable(() -> cleanUpAround(() -> runIn(loader, () -> {
            Checkrein.cancelLoader(loader, "unloaded");
            loader.method("cleanUp", () -> {
                        polls.poll();
                        cleanedUp[0] = true;
                    })
                    .run();
            polls.advanceClock(1, TimeUnit.MILLISECONDS); // while it is still polite, but not left alone
            polls.poll();
        })));
        assertThat(cleanedUp[0]).isTrue();
        assertThat(thrown).isInstanceOf(CancellationError.class);
    }

    private static void cleanUpAround(Runnable body) {
        body.run();
    }

    @Test
    void whatIsForcedIsForcedInAScopeThatIsNot() throws Exception {
        PluginLoader loader = new PluginLoader();
        Throwable thrown = catchThrowable(() -> CancellationScope.named("around")
                .run(() -> runIn(loader, () -> {
                    try (Shield shield = Shield.enter()) {
                        Checkrein.cancelLoader(
                                loader, "unloaded", EscalationPolicy.defaults().forced());
                        polls.poll();
                        polls.advanceClock(1, TimeUnit.SECONDS);
                        polls.poll();
                        assertThat(shield).isNotNull();
                    }
                })));
        assertThat(thrown)
                .isInstanceOf(CancellationException.class)
                .hasMessageEndingWith(" was cancelled: unloaded")
                .hasCauseInstanceOf(CancellationError.class);
    }

    /** The error would pass through it. */
    @Test
    void aShieldAroundTheLoadersOutermostMethodHolds() {
        PluginLoader loader = new PluginLoader();
        runIn(loader, () -> Checkrein.cancelLoader(loader, "unloaded"));
        FindClass host = new FindClass(() -> runIn(loader, () -> {
            Checkrein.cancelLoader(loader, "unloaded");
            polls.poll();
        }));
        assertThat(catchThrowable(host::load)).isInstanceOf(ClassNotFoundException.class);
    }

    /** Runs something where a class is to be found. */
    private static final class FindClass extends ClassLoader {
        private final Runnable body;

        FindClass(Runnable body) {
            this.body = body;
        }

        Class<?> load() throws ClassNotFoundException {
            return loadClass("no.such.Class");
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            body.run();
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    void aShieldProtectsUntilItIsForced() {
        PluginLoader loader = new PluginLoader();
        runIn(loader, () -> {
            try (Shield shield = Shield.enter()) {
                Checkrein.cancelLoader(
                        loader, "unloaded", EscalationPolicy.defaults().forced());
                polls.poll();
                polls.advanceClock(1, TimeUnit.SECONDS);
                assertThat(catchThrowable(polls::poll)).isInstanceOf(CancellationError.class);
                assertThat(shield).isNotNull();
            }
        });
    }

    @Test
    void theLoaderIsNotKept() throws Exception {
        WeakReference<ClassLoader> gone = cancelOne();
        for (int i = 0; i < 200 && gone.get() != null; i++) {
            System.gc();
            Thread.sleep(10); // who looks at it from time to time may hold it for a moment
        }
        assertThat(gone.get()).isNull();
    }

    private WeakReference<ClassLoader> cancelOne() {
        PluginLoader loader = new PluginLoader();
        runIn(loader, () -> {
            Checkrein.cancelLoader(loader, "unloaded");
            assertThat(catchThrowable(polls::poll)).isInstanceOf(CancellationError.class);
        });
        polls.poll();
        return new WeakReference<>(loader);
    }
}
