package dev.checkrein.it.programs.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Initialises a class that nobody has used yet. Public for that class, which is another loader's. */
public final class FreshStep implements Step {
    private static final String NAME = Fresh.class.getName();
    private static final byte[] CODE = code();
    private static final long WAIT_MICROS = 300;

    /** Of the last class; null if it has been checked. */
    private ClassLoader last;

    private static byte[] code() {
        try (InputStream in = Fresh.class.getResourceAsStream("Fresh.class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the initialiser. An interrupt there would be the end of the class, too. */
    public static void waitPerhaps() {
        if (ThreadLocalRandom.current().nextBoolean()) {
            try {
                TimeUnit.MICROSECONDS.sleep(WAIT_MICROS); // the subject: it waits while it is initialised
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void take(Place place) throws Exception {
        last = new OneClassLoader();
        place.inside();
        Class.forName(NAME, true, last);
        place.between();
    }

    /** Uses it, whatever has become of it. On the same thread. */
    void check(Damage damage) {
        if (last == null) {
            return;
        }
        try {
            Class<?> usable = Class.forName(NAME, true, last);
            boolean whole =
                    usable.getClassLoader() == last && usable.getField("VALUE").getInt(null) == Fresh.EXPECTED;
            damage.unless(whole, "class half initialised");
        } catch (ReflectiveOperationException | LinkageError e) {
            damage.seen("class dead");
        }
        last = null;
    }

    private static final class OneClassLoader extends ClassLoader {
        OneClassLoader() {
            super(FreshStep.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(NAME)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> made = findLoadedClass(name);
                return made == null ? defineClass(name, CODE, 0, CODE.length) : made;
            }
        }
    }
}
