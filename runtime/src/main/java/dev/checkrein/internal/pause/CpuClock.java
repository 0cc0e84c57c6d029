package dev.checkrein.internal.pause;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How long threads have been on a processor. Made before the first pause, since it takes a while. Thread-safe. */
final class CpuClock {
    static final long UNKNOWN = -1;

    private final ThreadMXBean threads = find();

    private static ThreadMXBean find() {
        try {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled() ? threads : null;
        } catch (LinkageError | RuntimeException noSuchModule) {
            return null;
        }
    }

    /** In nanoseconds, or {@link #UNKNOWN}: of virtual threads, of threads that have ended, in a JVM that does not tell. */
    @SuppressWarnings("deprecation") // threadId() is there from 19 on
    long nanos(Thread thread) {
        try {
            return threads == null ? UNKNOWN : threads.getThreadCpuTime(thread.getId());
        } catch (RuntimeException e) {
            return UNKNOWN;
        }
    }
}
