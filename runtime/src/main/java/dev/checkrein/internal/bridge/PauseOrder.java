package dev.checkrein.internal.bridge;

import java.util.function.Predicate;

/**
 * What is asked of a coordinator.
 *
 * @param reason for messages
 * @param priority the greater the more urgent
 * @param limitNanos how long to wait for the turn and for threads, or {@link #UNLIMITED}
 * @param leaseNanos how long it is held at most, or {@link #UNLIMITED}
 * @param selected which threads are to stop; asked by any thread
 * @param orRefuse whether not to wait for another pause to end
 */
public record PauseOrder(
        String reason, int priority, long limitNanos, long leaseNanos, Predicate<Thread> selected, boolean orRefuse) {
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** For how many threads something has been done where there was another pause, and the order was not to wait for it. */
    public static final int REFUSED = -1;
}
