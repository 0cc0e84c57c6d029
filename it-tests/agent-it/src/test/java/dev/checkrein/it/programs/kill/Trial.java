package dev.checkrein.it.programs.kill;

import dev.checkrein.CancellationScope;
import dev.checkrein.EscalationPolicy;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * One run: the worker does the work in a scope, the requester has it ended, by a deadline or from outside. The two tell each other by
 * fields alone, since the heap may be full.
 */
final class Trial implements Runnable {
    /** The test tells itself what has not ended, and when. */
    static final EscalationPolicy UNREPORTED = EscalationPolicy.defaults().withReport(Duration.ofHours(1));

    /** So that no long watching is needed to see that even then nothing happens. */
    static final EscalationPolicy SOON_RUDE =
            UNREPORTED.withPolite(Duration.ofMillis(5)).withFirm(Duration.ofMillis(5));

    private static final Duration DEADLINE = Duration.ofMillis(10);
    private static final long TURN_NANOS = 200_000;
    private static final int NEXT_TASK = 2_000;
    private static final String BY_REQUEST = "ended";

    private final Work work;
    private final boolean asked;
    private final boolean byDeadline;
    private final CancellationScope scope;
    private final Thread requester = Thread.currentThread();
    private final Runnable begin = () -> begun = true;

    private volatile boolean begun;
    private volatile boolean done;
    private volatile long startedAt;
    private volatile long endedAt;
    private volatile String outcome;
    private volatile String disturbance;
    private long requestedAt;

    Trial(Row row, Work work, boolean byDeadline) {
        this.work = work;
        this.asked = row.asked();
        this.byDeadline = asked && byDeadline;
        CancellationScope named =
                row.scope().apply(CancellationScope.named("trial").withPolicy(UNREPORTED));
        this.scope = this.byDeadline ? named.withDeadline(DEADLINE) : named;
    }

    /** On the worker. */
    @Override
    public void run() {
        startedAt = System.nanoTime();
        outcome = inScope();
        endedAt = System.nanoTime();
        disturbance = next();
        done = true;
        LockSupport.unpark(requester);
    }

    private String inScope() {
        try {
            scope.call(() -> {
                work.run(begin);
                return null;
            });
            return "returned";
        } catch (TimeoutException | CancellationException e) {
            return BY_REQUEST;
        } catch (Throwable e) {
            return e.toString();
        }
    }

    /** What the worker does then is nobody's to end. */
    private static String next() {
        try {
            int x = 1;
            for (int i = 0; i < NEXT_TASK; i++) {
                x = x * 31 + new int[] {i}.length;
            }
            return Thread.currentThread().isInterrupted() ? "an interrupt, and " + x : null;
        } catch (Throwable e) {
            return e.toString();
        }
    }

    /**
     * Returns when the work was asked to end, or has begun if nobody asks.
     *
     * @param delay for how long it is left to itself before, in nanoseconds, if there is no deadline
     */
    void request(long delay) {
        while (!begun && !done) {
            if (delay == 0) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(TURN_NANOS);
            }
        }
        if (!asked) {
            requestedAt = startedAt;
            return;
        }
        if (byDeadline) {
            requestedAt = startedAt + DEADLINE.toNanos();
            awaitUntil(requestedAt);
            return;
        }
        awaitUntil(System.nanoTime() + delay);
        requestedAt = System.nanoTime();
        scope.cancel("enough");
    }

    /** The time is counted from here instead. */
    void requestedNow() {
        requestedAt = System.nanoTime();
    }

    /** Whether it has ended, before so long after the request. */
    boolean awaitEnd(long nanos) {
        return awaitUntil(requestedAt + nanos);
    }

    private boolean awaitUntil(long time) {
        while (!done && System.nanoTime() - time < 0) {
            LockSupport.parkNanos(TURN_NANOS);
        }
        return done;
    }

    /** From the request; none if it was over before. */
    long nanosToEnd() {
        return Math.max(0, endedAt - requestedAt);
    }

    boolean endedByItself() {
        return !outcome.equals(BY_REQUEST);
    }

    String outcome() {
        return outcome;
    }

    /** Null if there was none. */
    String disturbance() {
        return disturbance;
    }
}
