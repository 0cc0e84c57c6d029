package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Rung;

/**
 * How far the delivery of a call's request has come. Made with the call, so that nothing need be allocated when a request is
 * made. Belongs to the delivery's thread, but for what says otherwise.
 */
final class OpenRequest {
    private static final Rung[] RUNGS = Rung.values();

    private final ScopeCall call;

    /** The next in the list of all; theirs to guard. */
    OpenRequest next;

    private boolean begun;
    private long begunAt;
    private long stepAt;
    private boolean reachable;
    private int rungsTold;
    private boolean reported;

    /** Set by the call's own thread. */
    private volatile boolean threadIsBack;

    OpenRequest(ScopeCall call) {
        this.call = call;
    }

    ScopeCall call() {
        return call;
    }

    /** How long ago the first step was taken; zero if it was not yet. */
    long nanosOpen(long now) {
        return begun ? now - begunAt : 0;
    }

    /** Whether the time of the next step has come; that of the first has. */
    boolean isDue(long now) {
        return !begun || now - stepAt >= 0;
    }

    void stepTaken(long now, long next) {
        if (!begun) {
            begun = true;
            begunAt = now;
        }
        stepAt = next;
    }

    long nanosToNextStep(long now) {
        return stepAt - now;
    }

    /** The first that nobody has been told of; the last if there is none but that left, which depends on the time alone. */
    Rung nextRung() {
        return RUNGS[rungsTold];
    }

    void rungTold() {
        rungsTold++;
    }

    boolean isReported() {
        return reported;
    }

    void reported() {
        reported = true;
    }

    /** Whether its thread was last seen to run code that may come to a poll at any time. */
    boolean isReachable() {
        return reachable;
    }

    void reachable(boolean value) {
        reachable = value;
    }

    /** The call's thread has come back to code that polls. On that thread. */
    void threadIsBack() {
        threadIsBack = true;
    }

    /** Whether it has, since this was last asked. */
    boolean takeThreadIsBack() {
        boolean isBack = threadIsBack;
        if (isBack) {
            threadIsBack = false;
        }
        return isBack;
    }
}
