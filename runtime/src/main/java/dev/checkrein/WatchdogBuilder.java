package dev.checkrein;

import dev.checkrein.internal.watch.Level;
import dev.checkrein.internal.watch.Times;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What a watchdog is to do. Not thread-safe. */
public final class WatchdogBuilder {
    /** The shortest of the times is so many intervals at least, so that no stall is found by one look alone. */
    private static final int FEWEST_INTERVALS = 2;

    private static final int USUAL_INTERVALS = 4;
    private static final long LONGEST_USUAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long[] nanos = new long[Level.values().length];
    private long interval;
    private EscalationPolicy policy = EscalationPolicy.defaults();
    private Consumer<Stall> listener;

    /** Null for real time. */
    private LongSupplier clock;

    WatchdogBuilder() {
        Arrays.fill(nanos, Times.NEVER);
    }

    /**
     * How often to look at what is watched; a quarter of the shortest of the times below if this is not called, but once a second at
     * least. Each look takes a few microseconds for each thread.
     *
     * @param time at most half of the shortest of the times below, which {@link #build} checks
     * @throws IllegalArgumentException if it is not positive or longer than 292 years
     */
    public WatchdogBuilder checkEvery(Duration time) {
        interval = PauseRequest.nanos("check interval", time);
        return this;
    }

    /**
     * After so long without a sign of life: {@link Stall.Level#WARN}.
     *
     * @throws IllegalArgumentException if it is not positive or longer than 292 years
     */
    public WatchdogBuilder warnAfter(Duration time) {
        return after(Level.WARN, time);
    }

    /**
     * After so long without a sign of life: {@link Stall.Level#CANCEL}.
     *
     * @throws IllegalArgumentException if it is not positive or longer than 292 years
     */
    public WatchdogBuilder cancelAfter(Duration time) {
        return after(Level.CANCEL, time);
    }

    /**
     * After so long without a sign of life: {@link Stall.Level#INSIST}. It spares neither class initialisers nor {@link Shield}s, and
     * so is for hosts that throw away the class loader with the call.
     *
     * @throws IllegalArgumentException if it is not positive or longer than 292 years
     */
    public WatchdogBuilder insistAfter(Duration time) {
        return after(Level.INSIST, time);
    }

    /**
     * After so long without a sign of life: {@link Stall.Level#REPORT}.
     *
     * @throws IllegalArgumentException if it is not positive or longer than 292 years
     */
    public WatchdogBuilder reportAfter(Duration time) {
        return after(Level.REPORT, time);
    }

    private WatchdogBuilder after(Level level, Duration time) {
        nanos[level.ordinal()] = PauseRequest.nanos("time until a stall leads to " + level, time);
        return this;
    }

    /** How gently calls are asked to end. By default as {@link EscalationPolicy#defaults()}. */
    public WatchdogBuilder withPolicy(EscalationPolicy gently) {
        policy = Objects.requireNonNull(gently, "gently");
        return this;
    }

    /** Instead of another: is told of each level that is reached. */
    public WatchdogBuilder withListener(Consumer<Stall> stalls) {
        listener = Objects.requireNonNull(stalls, "stalls");
        return this;
    }

    /**
     * For tests: no thread looks by itself, but whoever calls {@link Watchdog#checkNow}, which then logs and tells the listener before
     * it returns. Time passes by a clock of the test's; but what running threads have used of it is real.
     *
     * @param nanoClock nanoseconds since any moment, as {@link System#nanoTime()} has them: they may overflow
     */
    public WatchdogBuilder byHand(LongSupplier nanoClock) {
        clock = Objects.requireNonNull(nanoClock, "nanoClock");
        return this;
    }

    /**
     * Makes it. It is on.
     *
     * @throws IllegalArgumentException if there is no level at all, one has a shorter time than one before it, or the check interval
     *     is longer than half of the shortest
     */
    public Watchdog build() {
        return new Watchdog(times(), interval(), policy, listener, clock);
    }

    private Times times() {
        long before = 0;
        for (Level level : Level.values()) {
            long time = nanos[level.ordinal()];
            if (time != Times.NEVER && time < before) {
                throw new IllegalArgumentException("the time until a stall leads to " + level + ", "
                        + Duration.ofNanos(time) + ", is shorter than that of a level before it, "
                        + Duration.ofNanos(before) + ": they must be in the order warn, cancel, insist, report");
            }
            before = time == Times.NEVER ? before : time;
        }
        if (before == 0) {
            throw new IllegalArgumentException("a watchdog needs a level: give one of warnAfter, cancelAfter,"
                    + " insistAfter and reportAfter a time");
        }
        return new Times(nanos);
    }

    private long interval() {
        long shortest = Arrays.stream(nanos).min().orElseThrow();
        if (interval == 0) {
            return Math.max(1, Math.min(shortest / USUAL_INTERVALS, LONGEST_USUAL_NANOS));
        }
        if (interval > shortest / FEWEST_INTERVALS) {
            throw new IllegalArgumentException("a check interval of " + Duration.ofNanos(interval)
                    + " is too long: at most half of the shortest time until a level, which is "
                    + Duration.ofNanos(shortest));
        }
        return interval;
    }
}
