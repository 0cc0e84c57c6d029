package dev.checkrein.internal.budget;

import dev.checkrein.internal.pause.VirtualThreads;
import java.lang.management.ManagementFactory;

/** Bytes allocated in the heap, whether they are garbage by now or not. */
final class AllocatedBytes implements Meter {
    /** Memory must be cleared to be allocated, and no processor of today clears more than this in a nanosecond. */
    private static final long MOST = 64;

    private final com.sun.management.ThreadMXBean threads = find();

    private static com.sun.management.ThreadMXBean find() {
        try {
            return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean tells
                            && tells.isThreadAllocatedMemorySupported()
                    ? tells
                    : null;
        } catch (LinkageError | RuntimeException noSuchModule) {
            return null;
        }
    }

    @Override
    @SuppressWarnings("deprecation") // threadId() is there from 19 on
    public long read(Thread thread) {
        try {
            return threads == null ? UNKNOWN : threads.getThreadAllocatedBytes(thread.getId());
        } catch (RuntimeException e) {
            return UNKNOWN;
        }
    }

    @Override
    public long most() {
        return MOST;
    }

    @Override
    public long usual() {
        return 1;
    }

    @Override
    public String over(String scopeName, long used, long limit) {
        return "scope \"" + scopeName + "\" has allocated " + used + " bytes, more than its budget of " + limit
                + " bytes";
    }

    @Override
    public String over(String scopeName, long limit) {
        return "scope \"" + scopeName + "\" has allocated more than its budget of " + limit
                + " bytes; there was no memory left to say how much";
    }

    @Override
    public UnsupportedOperationException untold(String scopeName, Thread thread) {
        String budget = "the allocation budget of scope \"" + scopeName
                + "\" cannot be kept: the JVM does not tell what is allocated by ";
        return new UnsupportedOperationException(
                VirtualThreads.contain(thread)
                        ? budget + "virtual threads. Use a platform thread, or give the scope a deadline instead"
                        : budget
                                + "its threads, as the module jdk.management is missing (--add-modules jdk.management),"
                                + " or measuring it is switched off. Give the scope a deadline instead");
    }
}
