package dev.checkrein;

import dev.checkrein.internal.bridge.CallLimits;
import dev.checkrein.internal.bridge.Engine;
import java.time.Duration;
import java.util.Objects;

/**
 * What each call of a scope may take.
 *
 * @param deadline from the start of the call; null if there is none
 * @param until for all calls together; null if there is none
 * @param cpu together with the threads that it starts; null if it may take as much as it likes
 * @param bytes as cpu; {@link CallLimits#NONE} if it may take as much as it likes
 */
record Limits(Duration deadline, Deadline until, Duration cpu, long bytes) {
    static final Limits NONE = new Limits(null, null, null, CallLimits.NONE);

    /** @throws IllegalArgumentException if it is zero or negative */
    Limits withDeadline(Duration longest) {
        return new Limits(positive(longest, "a deadline"), until, cpu, bytes);
    }

    Limits withDeadline(Deadline latest) {
        return new Limits(deadline, Objects.requireNonNull(latest, "deadline"), cpu, bytes);
    }

    /** @throws IllegalArgumentException if it is zero or negative */
    Limits withCpu(Duration longest) {
        return new Limits(deadline, until, positive(longest, "a CPU budget"), bytes);
    }

    /** @throws IllegalArgumentException if it is zero or negative */
    Limits withBytes(long most) {
        if (most <= 0) {
            throw new IllegalArgumentException("an allocation budget must be more than zero bytes, was " + most);
        }
        return new Limits(deadline, until, cpu, most);
    }

    private static Duration positive(Duration duration, String what) {
        Objects.requireNonNull(duration, what);
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be longer than zero, was " + duration);
        }
        return duration;
    }

    boolean haveBudgets() {
        return cpu != null || bytes != CallLimits.NONE;
    }

    /** Whether no call can begin any more. */
    boolean areOver() {
        return until != null && until.isOver();
    }

    /** Of a call that begins now. */
    long deadlineNanos() {
        long ofCall = nanos(deadline, Engine.NO_DEADLINE);
        return until == null ? ofCall : Math.min(ofCall, until.remaining().toNanos());
    }

    /** @param startedIn as {@link CallLimits#startedIn} */
    CallLimits forCall(Object startedIn) {
        return new CallLimits(deadlineNanos(), nanos(cpu, CallLimits.NONE), bytes, startedIn);
    }

    private static long nanos(Duration duration, long none) {
        if (duration == null) {
            return none;
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException beyond292Years) {
            return none;
        }
    }

    /** With a comma in front of each. */
    @Override
    public String toString() {
        return (deadline == null ? "" : ", deadline " + deadline)
                + (until == null ? "" : ", " + until)
                + (cpu == null ? "" : ", CPU budget " + cpu)
                + (bytes == CallLimits.NONE ? "" : ", allocation budget " + bytes + " bytes");
    }
}
