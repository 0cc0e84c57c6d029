package dev.checkrein.it.benchmarks.kernels;

import java.util.concurrent.CountDownLatch;

/** A class initialiser that takes as long as one wants, and works all the while. */
public final class Initialiser {
    /** Counted down from inside it. */
    public static final CountDownLatch INSIDE = new CountDownLatch(1);

    /** Lets it end. */
    public static volatile boolean released;

    private Initialiser() {}

    /** Runs it, the first time. */
    public static void initialise() {
        Slow.touch();
    }

    private static final class Slow {
        private static long turns;

        static {
            INSIDE.countDown();
            while (!released) {
                turns++;
            }
        }

        private static void touch() {
            if (turns < 0) {
                throw new IllegalStateException();
            }
        }
    }
}
