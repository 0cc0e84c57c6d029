package dev.checkrein;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Work that takes as much of something as told. */
final class Burning {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static volatile Object sink;

    private Burning() {}

    /** Is on a processor for so long, then runs the action, and again and again until that throws. */
    static Object forGood(Runnable action) {
        while (true) {
            cpu(1);
            action.run();
        }
    }

    /** Is on a processor for so long. */
    static void cpu(long millis) {
        long end = THREADS.getCurrentThreadCpuTime() + millis * 1_000_000;
        while (THREADS.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Allocates garbage. */
    static void bytes(int kilobytes) {
        for (int i = 0; i < kilobytes; i++) {
            sink = new byte[1 << 10];
        }
    }
}
