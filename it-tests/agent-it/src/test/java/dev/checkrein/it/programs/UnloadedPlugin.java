package dev.checkrein.it.programs;

import dev.checkrein.CancellationError;
import dev.checkrein.CancellationScope;
import dev.checkrein.Checkrein;
import dev.checkrein.EscalationPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Cancels all that runs in the classes of a plugin's loader, while another loader's classes of the same names go on. */
public final class UnloadedPlugin {
    private static final int THREADS = 4;
    private static final List<String> SEEN = new ArrayList<>();

    private UnloadedPlugin() {}

    public static void main(String[] args) throws Exception {
        Runnable other = plugin("Spinning");
        Thread bystander = daemon(other);
        bystander.start();
        WeakReference<ClassLoader> loader = unload();
        System.out.println("collected: " + collected(loader));
        System.out.println("bystander lives: " + bystander.isAlive());
    }

    private static WeakReference<ClassLoader> unload() throws Exception {
        ClassLoader loader = new PluginLoader();
        Runnable spinning = make(loader, "Spinning");
        CountDownLatch begun = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        threads.add(daemon(begun, spinning)); // its body is the host's, which calls the plugin
        Thread blocked = daemon(begun, make(loader, "Blocked"));
        blocked.setContextClassLoader(loader); // as containers do; or it might be in the bystander's classes
        threads.add(blocked);
        threads.add(daemon(begun, () -> inScope(spinning)));
        threads.add(daemon(begun, make(loader, "Initialising")));
        threads.forEach(Thread::start);
        begun.await();
        Timer timer = timer(make(loader, "Short"));
        Checkrein.cancelLoader(
                loader,
                "unloaded",
                EscalationPolicy.defaults()
                        .withReport(Duration.ofHours(1)) // on a machine that is busy: nothing else is to be printed
                        .forced());
        for (Thread thread : threads) {
            thread.join();
        }
        timer.cancel();
        Thread later = daemon(make(loader, "Spinning"));
        later.setUncaughtExceptionHandler((dead, thrown) -> {});
        later.start();
        later.join();
        SEEN.stream().sorted().forEach(System.out::println);
        return new WeakReference<>(loader);
    }

    private static Timer timer(Runnable body) {
        Timer timer = new Timer(true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        try {
                            body.run();
                        } catch (CancellationError whenever) {
                            // The timer's other tasks are not the plugin's.
                        }
                    }
                },
                0,
                1);
        return timer;
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    private static Thread daemon(CountDownLatch begun, Runnable body) {
        return daemon(() -> {
            begun.countDown();
            try {
                body.run();
            } catch (CancellationError e) {
                seen(body, e.getMessage());
            } catch (Exception e) {
                seen(body, e.getMessage());
            }
        });
    }

    private static void inScope(Runnable body) {
        try {
            CancellationScope.named("host").call(() -> {
                body.run();
                return null;
            });
        } catch (CancellationException e) {
            throw new IllegalStateException("scope's " + e.getMessage());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void seen(Runnable body, String message) {
        synchronized (SEEN) {
            SEEN.add(body.getClass().getSimpleName().replaceAll("\\$\\$Lambda.*", "Lambda") + ": "
                    + message.replaceAll("@[0-9a-f]+", ""));
        }
    }

    private static boolean collected(WeakReference<ClassLoader> loader) throws InterruptedException {
        long start = System.nanoTime();
        while (loader.get() != null && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20)) {
            System.gc();
            Thread.sleep(20); // gives the threads that have just ended time to be gone
        }
        return loader.get() == null;
    }

    private static Runnable plugin(String name) throws Exception {
        return make(new PluginLoader(), name);
    }

    private static Runnable make(ClassLoader loader, String name) throws Exception {
        return (Runnable) loader.loadClass(UnloadedPluginParts.class.getName() + "$" + name)
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Defines the plugin's classes itself. */
    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super("plugin", UnloadedPlugin.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null || !name.startsWith(UnloadedPluginParts.class.getName())) {
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
    }
}
