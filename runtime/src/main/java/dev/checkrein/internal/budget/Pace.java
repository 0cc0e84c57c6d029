package dev.checkrein.internal.budget;

import java.util.concurrent.TimeUnit;

/**
 * When a budget is to be looked at again. Never before it can have been used up, by threads that all use as much as a thread can; and
 * where that would be all the time, because little is left or much can be used at once, by what was used since the last look. Not
 * thread-safe.
 */
final class Pace {
    /** What is used in this time goes unnoticed. More looks would cost more than that is worth. */
    static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** While something is used up. A hundred looks a second are a thousandth of a processor. */
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** While nothing is: a thread that sleeps. It might wake up and allocate as fast as it can. */
    static final long LONGEST_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private final Meter meter;

    private long pause;
    private long lookedAt;
    private long left;

    /** The same if all threads have used as much as they can since. */
    private long leftAtWorst;

    private long leftAtWorstAt;

    /**
     * @param left all of the budget
     * @param now by the watchdog's clock
     */
    Pace(Meter meter, long left, long now) {
        this.meter = meter;
        this.left = left;
        this.lookedAt = now;
        this.leftAtWorst = left;
        this.leftAtWorstAt = now;
        this.pause = between(SHORTEST_NANOS, left / meter.usual(), LONGEST_NANOS);
    }

    /** The first look, in nanoseconds from then: one thread has begun. */
    long first() {
        return Math.max(pause, soonest(left, 1));
    }

    /**
     * The next look, in nanoseconds.
     *
     * @param leftNow what is left at this one
     */
    long next(long leftNow, int threads, long now) {
        long used = left - leftNow;
        double expected = used <= 0 ? 0 : (double) (now - lookedAt) / used * leftNow;
        pause = used <= 0
                ? Math.min(2 * pause, LONGEST_IDLE_NANOS)
                : between(SHORTEST_NANOS, (long) (expected / 2), LONGEST_NANOS);
        left = leftNow;
        lookedAt = now;
        leftAtWorst = leftNow;
        leftAtWorstAt = now;
        return Math.max(pause, soonest(left, threads));
    }

    /**
     * The next look at the latest, in nanoseconds, now that there is one more thread.
     *
     * @param threads with this one
     */
    long withOneMore(int threads, long now) {
        double used = (double) (now - leftAtWorstAt) * (threads - 1) * meter.most();
        leftAtWorst = (long) Math.max(0, leftAtWorst - used);
        leftAtWorstAt = now;
        return Math.max(SHORTEST_NANOS, soonest(leftAtWorst, threads));
    }

    private long soonest(long amount, int threads) {
        return amount / meter.most() / Math.max(1, threads);
    }

    private static long between(long least, long value, long most) {
        return Math.max(least, Math.min(value, most));
    }
}
