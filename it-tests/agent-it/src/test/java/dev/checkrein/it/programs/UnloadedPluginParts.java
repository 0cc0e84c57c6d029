package dev.checkrein.it.programs;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a plugin does that will not go. */
public final class UnloadedPluginParts {
    private static volatile long sink;

    private UnloadedPluginParts() {}

    private static void spin() {
        while (true) {
            sink++;
        }
    }

    /** Catches all that is thrown at it. */
    public static final class Spinning implements Runnable {
        @Override
        public void run() {
            while (true) {
                try {
                    spin();
                } catch (Throwable swallowed) {
                    sink--;
                }
            }
        }
    }

    /** Waits for what never comes. */
    public static final class Blocked implements Runnable {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

        @Override
        public void run() {
            while (true) {
                try {
                    queue.take();
                } catch (InterruptedException swallowed) {
                    sink--;
                }
            }
        }
    }

    /** Has a class that is never ready. */
    public static final class Initialising implements Runnable {
        @Override
        public void run() {
            sink += Endless.value;
        }

        private static final class Endless {
            static long value = sink;

            static {
                while (sink >= 0) {
                    sink = Math.abs(sink + 1);
                }
            }
        }
    }

    /** Is called now and then. */
    public static final class Short implements Runnable {
        @Override
        public void run() {
            for (int i = 0; i < 10_000; i++) {
                sink++;
            }
        }
    }
}
