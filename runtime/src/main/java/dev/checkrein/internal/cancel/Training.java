package dev.checkrein.internal.cancel;

import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.Turns;
import java.util.concurrent.TimeUnit;

/**
 * Teaches the JIT that polls which read the flag do find it set. A branch that was never taken while a method was profiled is
 * compiled to a trap, and the first pause that finds a thread there throws the method's code away: with thousands of methods,
 * each of the first thousand pauses would cost the application some of its best code. So the flag is set for an instant again and
 * again while the code is being compiled, seldom enough not to be felt; whoever meets it goes on at once. Seen once, the
 * branch is a call that compiled code keeps aside, at no cost that could be measured.
 *
 * <p>What is compiled for the first time after the end of it is left to the pauses themselves.
 */
final class Training implements Duty {
    private static final long FIRST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The longer it takes, the less there is to be compiled: each gap is this part of the time until then. */
    private static final int GAPS_PER_TIME = 10;

    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Pulses pulses;
    private final Turns turns;
    private volatile boolean wanted;
    private boolean begun;
    private long start;
    private long next;

    /** Of the thread that this is to be a duty of. */
    Training(Pulses pulses, Turns turns) {
        this.pulses = pulses;
        this.turns = turns;
    }

    /** Entries read the flag from now on. Does nothing the second time. */
    void begin() {
        if (!wanted) {
            wanted = true;
            turns.within(FIRST_GAP_NANOS);
        }
    }

    @Override
    public long turn() {
        if (!wanted) {
            return NOT_UNTIL_ASKED;
        }
        long now = turns.now();
        if (!begun) {
            begun = true;
            start = now;
            next = now + FIRST_GAP_NANOS;
        }
        long passed = now - start;
        if (passed > END_NANOS) {
            return NOT_UNTIL_ASKED;
        }
        if (now - next >= 0) {
            pulses.flash();
            next = now + Math.max(FIRST_GAP_NANOS, passed / GAPS_PER_TIME);
        }
        return next - now;
    }
}
