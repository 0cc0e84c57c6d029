package dev.checkrein.internal.jvm;

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

    /** The owner, by its id, of the monitor that each of these waits for; or {@link #UNKNOWN}. Needs no stop of the JVM. */
    @SuppressWarnings("deprecation") // as above
    public long[] ownersOfMonitors(List<Thread> blocked) {
        long[] owners = new long[blocked.size()];
        Arrays.fill(owners, UNKNOWN);
        try {
            ThreadInfo[] infos = threads == null
                    ? new ThreadInfo[0]
                    : threads.getThreadInfo(
                            blocked.stream().mapToLong(Thread::getId).toArray());
            for (int i = 0; i < infos.length; i++) {
                owners[i] = infos[i] == null ? UNKNOWN : infos[i].getLockOwnerId();
            }
        } catch (RuntimeException e) {
            // Some are not known then.
        }
        return owners;
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
}
