package dev.checkrein;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A moment until which something is to be done, for work that shares it: however many calls it takes, they have until then.
 *
 * <pre>{@code
 * Deadline deadline = Deadline.in(Duration.ofSeconds(2));
 * CancellationScope scope = CancellationScope.named("request").withDeadline(deadline);
 * Data data = scope.call(() -> load(query));
 * return scope.call(() -> render(data)); // in what is left of the two seconds
 * }</pre>
 *
 * <p>It goes by a clock that does not jump when the time of day is set. Immutable, and as thread-safe as its clock.
 */
public final class Deadline {
    private static final LongSupplier SYSTEM = System::nanoTime;

    /** A hundred and forty years, further than which none is: the difference of two times must not overflow. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

    private final LongSupplier nanoClock;
    private final long at;

    private Deadline(LongSupplier nanoClock, long at) {
        this.nanoClock = nanoClock;
        this.at = at;
    }

    /**
     * So much time from now on.
     *
     * @param time zero or less for one that is over; more than a hundred and forty years are as many
     */
    public static Deadline in(Duration time) {
        return in(time, SYSTEM);
    }

    /**
     * As above, by another clock, of a test for one.
     *
     * @param nanoClock nanoseconds since any moment, as {@link System#nanoTime()} has them: they may overflow
     */
    public static Deadline in(Duration time, LongSupplier nanoClock) {
        Objects.requireNonNull(time, "time");
        return new Deadline(nanoClock, nanoClock.getAsLong() + bounded(time));
    }

    private static long bounded(Duration time) {
        try {
            return Math.max(-LONGEST_NANOS, Math.min(time.toNanos(), LONGEST_NANOS));
        } catch (ArithmeticException beyond292Years) {
            return time.isNegative() ? -LONGEST_NANOS : LONGEST_NANOS;
        }
    }

    /** How long until then; zero when it is over. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, at - nanoClock.getAsLong()));
    }

    /** Whether no time is left. */
    public boolean isOver() {
        return at - nanoClock.getAsLong() <= 0;
    }

    /**
     * The earlier of the two; this one if they are the same.
     *
     * @throws IllegalArgumentException if the other goes by another clock: only the same object is the same
     */
    public Deadline min(Deadline other) {
        if (nanoClock != other.nanoClock) {
            throw new IllegalArgumentException(
                    "deadlines can be compared only if they go by the same clock, the same object");
        }
        return at - other.at <= 0 ? this : other;
    }

    /** How long until then, for a message. */
    @Override
    public String toString() {
        return isOver() ? "Deadline[over]" : "Deadline[in " + remaining() + "]";
    }
}
