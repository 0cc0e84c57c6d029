package dev.checkrein.internal.jvm;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;

/**
 * What the JVM knows of threads that they do not tell themselves: how long they have been on a processor, and whether a debugger has
 * suspended them. Made before the first pause, since it takes a while. Thread-safe.
 */
public final class ThreadManagement {
    /** What the JVM does not tell. */
    public static final long UNKNOWN = -1;

    private final ThreadMXBean threads = find();

    @SuppressWarnings("deprecation") // threadId() is there from 19 on
    private static ThreadMXBean find() {
        try {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            threads.getThreadInfo(Thread.currentThread().getId()); // loads what it needs while nobody stands still
            return threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled() ? threads : null;
        } catch (LinkageError | RuntimeException noSuchModule) {
            return null;
        }
    }

    /** In nanoseconds, or {@link #UNKNOWN}: of virtual threads, of threads that have ended, in a JVM that does not tell. */
    @SuppressWarnings("deprecation") // as above
    public long cpuNanos(Thread thread) {
        try {
            return threads == null ? UNKNOWN : threads.getThreadCpuTime(thread.getId());
        } catch (RuntimeException e) {
            return UNKNOWN;
        }
    }

    /**
     * A monitor that a thread waits for.
     *
     * @param owner the id of the thread that has it; or {@link #UNKNOWN}
     * @param mayBeOfClass whether it may be what the JVM keeps for the initialisation of a class: up to JDK 20 that is an array
     */
    public record Monitor(long owner, boolean mayBeOfClass) {
        private static final Monitor NOT_KNOWN = new Monitor(UNKNOWN, false);

        private static Monitor of(ThreadInfo waiting) {
            LockInfo lock = waiting == null ? null : waiting.getLockInfo();
            return lock == null
                    ? NOT_KNOWN
                    : new Monitor(waiting.getLockOwnerId(), lock.getClassName().equals("[I"));
        }
    }

    /** The monitor that each of these waits for. Needs no stop of the JVM. */
    @SuppressWarnings("deprecation") // as above
    public Monitor[] monitorsOf(List<Thread> blocked) {
        Monitor[] monitors = new Monitor[blocked.size()];
        Arrays.fill(monitors, Monitor.NOT_KNOWN);
        try {
            ThreadInfo[] infos = threads == null
                    ? new ThreadInfo[0]
                    : threads.getThreadInfo(
                            blocked.stream().mapToLong(Thread::getId).toArray());
            for (int i = 0; i < infos.length; i++) {
                monitors[i] = Monitor.of(infos[i]);
            }
        } catch (RuntimeException e) {
            // Some are not known then.
        }
        return monitors;
    }

    /** Whether a debugger keeps it from running. Needs no stop of the JVM. */
    @SuppressWarnings("deprecation") // as above
    public boolean isSuspended(Thread thread) {
        try {
            ThreadInfo info = threads == null ? null : threads.getThreadInfo(thread.getId());
            return info != null && info.isSuspended();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** How often it has begun to wait, or to be blocked by a monitor; or {@link #UNKNOWN}, as above. Needs no stop of the JVM. */
    @SuppressWarnings("deprecation") // as above
    public long waits(Thread thread) {
        try {
            ThreadInfo info = threads == null ? null : threads.getThreadInfo(thread.getId());
            return info == null ? UNKNOWN : info.getWaitedCount() + info.getBlockedCount();
        } catch (RuntimeException e) {
            return UNKNOWN;
        }
    }
}
