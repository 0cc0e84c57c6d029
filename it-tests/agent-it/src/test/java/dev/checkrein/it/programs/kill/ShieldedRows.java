package dev.checkrein.it.programs.kill;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What loops, or waits, where an error would break a class or a loader for good. */
public final class ShieldedRows {
    static long sink;

    private static volatile Runnable begun;
    private static volatile boolean released;

    private ShieldedRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("loop in a class initialiser", LoopingInitialiser::new).that(Row.Ending.SHIELDED),
                Row.of("loop in a class loader", LoopingLoader::new).that(Row.Ending.SHIELDED),
                Row.of("loop in a class initialiser, policy `forced()`", () -> broken(new LoopingInitialiser()))
                        .forced(),
                Row.of("loop in a class loader, policy `forced()`", () -> broken(new LoopingLoader()))
                        .forced());
    }

    /** The same, but for what becomes of the class. */
    private static Work broken(Work whole) {
        return new Work() {
            @Override
            public void run(Runnable whenBegun) throws Exception {
                whole.run(whenBegun);
            }

            @Override
            public void release() throws Exception {
                whole.release();
            }
        };
    }

    /** For a class that another loader has made: of this one it can only use what is public. */
    public static void loopUntilReleased() {
        begun.run();
        while (!released) {
            sink += 2;
        }
    }

    /** One that is released, and usable afterwards. */
    private abstract static class Shielded implements Work {
        private final OneClassLoader loader;

        Shielded(OneClassLoader loader) {
            this.loader = loader;
            released = false;
        }

        @Override
        public void run(Runnable whenBegun) throws ClassNotFoundException {
            begun = whenBegun;
            Class.forName(InitialisedForLong.class.getName(), true, loader);
            while (sink != -1) {
                sink += 2;
            }
        }

        @Override
        public void release() {
            released = true;
        }

        @Override
        public void ended(boolean byItself) throws ReflectiveOperationException {
            Class<?> usable = Class.forName(InitialisedForLong.class.getName(), true, loader);
            if (usable.getClassLoader() != loader
                    || usable.getField("VALUE").getInt(null) != InitialisedForLong.VALUE) {
                throw new IllegalStateException("the class is broken");
            }
        }
    }

    private static final class LoopingInitialiser extends Shielded {
        LoopingInitialiser() {
            super(new OneClassLoader(() -> {}));
        }
    }

    private static final class LoopingLoader extends Shielded {
        LoopingLoader() {
            super(new OneClassLoader(ShieldedRows::loopUntilReleased));
        }
    }

    /** Makes one class of its own, over and over again for others of its kind. */
    private static final class OneClassLoader extends ClassLoader {
        private final Runnable beforeIt;

        OneClassLoader(Runnable beforeIt) {
            super(ShieldedRows.class.getClassLoader());
            this.beforeIt = beforeIt;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(InitialisedForLong.class.getName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> made = findLoadedClass(name);
                return made == null ? findClass(name) : made;
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            beforeIt.run();
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
