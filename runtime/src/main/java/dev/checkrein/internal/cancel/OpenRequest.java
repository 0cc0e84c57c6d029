package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Rung;

/**
 * How far the delivery of a call's request has come. Made with the call, so that nothing need be allocated when a request is
 * made. Belongs to the delivery's thread, but for what says otherwise.
 */
final class OpenRequest {
    private static final Rung[] RUNGS = Rung.values();
    private static final double NANOS_PER_SECOND = 1e9;

    private final ScopeCall call;

    /** The next in the list of all; theirs to guard. */
    OpenRequest next;

    private boolean begun;
    private long begunAt;
    private long stepAt;
    private boolean reachable;
    /** Read by the call's own thread. */
    private volatile boolean inShieldedMethod;

    private long glanceAt;
    private int rungsTold;
    private boolean reported;

    /** Set by the call's own thread. */
    private volatile boolean threadIsBack;

    /** How often the thread was looked at because it was back. Read by the call's own thread. */
    private volatile int timesFoundBack;

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
        return inShieldedMethod ? Math.min(stepAt - now, glanceAt - now) : stepAt - now;
    }

    /** Whether its thread was last seen in a method that shields. */
    boolean isInShieldedMethod() {
        return inShieldedMethod;
    }

    /** It was seen there, and is to be looked at again then. */
    void foundInShieldedMethod(long nextGlance) {
        inShieldedMethod = true;
        glanceAt = nextGlance;
    }

    void leftShieldedMethod() {
        inShieldedMethod = false;
    }

    /** Whether it is time to look whether its thread is there still. */
    boolean isGlanceDue(long now) {
        return inShieldedMethod && now - glanceAt >= 0;
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

    /**
     * Who was asked to end what, for how long, and where the thread is.
     *
     * @param nowNanos by the engine's clock
     */
    String inWords(long now, long nowNanos) {
        Thread thread = call.thread();
        StringBuilder words = new StringBuilder(String.format(
                "%s in thread \"%s\" (%s), for %.3f s, %s: %s",
                call.scopeName(),
                thread.getName(),
                thread.getState(),
                nanosOpen(now) / NANOS_PER_SECOND,
                reported ? Rung.REPORT : call.rung(nowNanos),
                call.request().message()));
        for (StackTraceElement frame : thread.getStackTrace()) {
            words.append(System.lineSeparator()).append("\tat ").append(frame);
        }
        return words.toString();
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

    /** It was looked at, and code that it runs polls. */
    void threadFoundBack() {
        timesFoundBack = timesFoundBack + 1;
    }

    int timesFoundBack() {
        return timesFoundBack;
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
