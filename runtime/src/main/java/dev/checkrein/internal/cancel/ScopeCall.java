package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.bridge.Rung;
import dev.checkrein.internal.budget.Counted;
import dev.checkrein.internal.timing.Watchdog;
import java.lang.StackWalker.StackFrame;
import java.util.function.BiFunction;

/**
 * One execution of work in a scope, on one thread. Requests come from any thread; all else is done by the call's own.
 *
 * <p>The monitor of a call decides its races: a request either comes before the end, and then the boundary reports it,
 * or after, and then it does nothing. An interrupt is sent only under it and only before the end, which is why none can
 * hit what the thread does next.
 */
class ScopeCall {
    /** How often at most it is told that the thread came back from outside: a pulse may follow. */
    private static final long RETURN_NANOS = 50_000_000;

    /** How often at most it waits for the delivery. */
    private static final long WAIT_NANOS = 20_000_000;

    private final Thread thread;
    private final ScopeCall outer;
    private final Object tag;
    private final String scopeName;
    private final Ladder ladder;
    private final BiFunction<String, Throwable, Error> errors;
    private final Delivery delivery;
    private final OpenRequest delivered = new OpenRequest(this);

    private ThreadCalls calls;

    /** Null if it has none. */
    private Watchdog.Deadline deadline;

    /** Null if the thread counts for no budget because of this call. */
    private Counted counted;

    /** Written once, under the monitor. Read at polls without it. */
    private volatile EndRequest request;

    /** Written under the monitor. */
    private volatile boolean ended;

    /** When the request was made, and when the call ended that had one; in {@link System#nanoTime()}. Under the monitor. */
    private long requestedAt;

    private long endedAt;

    private boolean interrupted;

    /** Null unless it came to that. Written under the monitor. */
    private LastResorts.Entry lastResort;

    /** What was thrown first. The call's own thread only. */
    private Error first;

    /** When a poll first saw the request, by the engine's clock. Written by the call's own thread before {@link #seen}. */
    private long seenAt;

    private volatile boolean seen;

    private volatile boolean shielded;

    /** How many shields of the user's the thread is in, here and in calls inside this one. Written by the call's own thread only. */
    private volatile int shields;

    /** Since when it is left alone at its polls, and for how long. The call's own thread only. */
    private long leftAloneAt;

    private long leftAloneNanos;

    private boolean leftAloneUntilBack;

    /** When it was last told that the thread came back from outside. The call's own thread only. */
    private boolean toldOfReturn;

    private long toldOfReturnAt;

    /** When it last waited to be delivered, at the end of a shield. The call's own thread only. */
    private boolean waited;

    private long waitedAt;

    ScopeCall(
            ScopeCall outer,
            Object tag,
            String scopeName,
            Ladder ladder,
            BiFunction<String, Throwable, Error> errors,
            Delivery delivery) {
        this(Thread.currentThread(), outer, tag, scopeName, ladder, errors, delivery);
    }

    ScopeCall(
            Thread thread,
            ScopeCall outer,
            Object tag,
            String scopeName,
            Ladder ladder,
            BiFunction<String, Throwable, Error> errors,
            Delivery delivery) {
        this.thread = thread;
        this.outer = outer;
        this.tag = tag;
        this.scopeName = scopeName;
        this.ladder = ladder;
        this.errors = errors;
        this.delivery = delivery;
    }

    ScopeCall outer() {
        return outer;
    }

    Object tag() {
        return tag;
    }

    String scopeName() {
        return scopeName;
    }

    /** How a request is to end it. */
    Ladder ladder() {
        return ladder;
    }

    Thread thread() {
        return thread;
    }

    EndRequest request() {
        return request;
    }

    void deadline(Watchdog.Deadline toCallOff) {
        deadline = toCallOff;
    }

    void counted(Counted toClose) {
        counted = toClose;
    }

    /** What the thread counts for, because of this call and those around it; null if nothing. The call's own thread only. */
    Counted counted() {
        ScopeCall call = this;
        while (call.counted == null && call.outer != null) {
            call = call.outer;
        }
        return call.counted;
    }

    /** What the delivery knows of its request. */
    OpenRequest delivered() {
        return delivered;
    }

    /** Before anybody else knows of this call. */
    void pushedOn(ThreadCalls ofThread) {
        calls = ofThread;
    }

    /** Whether this request is the one: false if the call has ended or was asked before. */
    synchronized boolean requestEnd(EndRequest wanted) {
        if (ended || request != null) {
            return false;
        }
        requestedAt = System.nanoTime();
        request = wanted;
        delivery.requested(delivered);
        return true;
    }

    /**
     * Looks at the thread, and interrupts it if that can help it to end.
     *
     * @param always whatever it is doing, without looking: there are no polls, and nothing else that could end it
     * @param nowNanos by the engine's clock
     * @param nanosOpen since the request
     * @return null if the call has ended, so that it makes no sense to come back
     */
    synchronized ThreadSighting look(boolean always, long nowNanos, long nanosOpen) {
        if (ended) {
            return null;
        }
        ThreadSighting sighting =
                always ? ThreadSighting.withoutStack(thread) : ThreadSighting.of(thread, this, delivery.shields());
        if (isOver(sighting)) {
            end();
            return null;
        }
        boolean forced = ladder.forced() && ladder.rungAfter(nanosOpen) == Rung.INSIST;
        boolean mayBe = mayBeInterrupted() && (forced || !isInShield());
        if (mayBe
                && !thread.isInterrupted()
                && (always || !mayCleanUp(nowNanos) && sighting.mayBeInterrupted(seen, forced))) {
            interrupted = true;
            interrupt();
        }
        return sighting;
    }

    /** Once it has been thrown at, until that is no longer polite. */
    private boolean mayCleanUp(long nowNanos) {
        return seen && nowNanos - seenAt < ladder.politeNanos();
    }

    /**
     * If the thread polls where there is no room on its stack, it has something to throw from now on.
     *
     * @param nowNanos by the engine's clock
     */
    synchronized void endWithoutRoom(ThreadSighting sighting, long nowNanos) {
        if (!ended
                && lastResort == null
                && !mayCleanUp(nowNanos)
                && !isInShield()
                && delivery.lastResorts().areNeededBy(thread)) {
            Error error = errors.apply(request.message(), null);
            sighting.showIn(error);
            lastResort = delivery.lastResorts().add(thread, calls, error);
        }
    }

    /** A class of threads may have its own way to be interrupted, which may fail. */
    private void interrupt() {
        try {
            thread.interrupt();
        } catch (RuntimeException | Error notOurs) {
            // Then it stays blocked for now.
        }
    }

    /** How long it took from the request to the end. Once it has ended. */
    synchronized long nanosToEnd() {
        return endedAt - requestedAt;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether the thread was found at a poll, the last time, where nothing may be thrown. */
    boolean isShielded() {
        return shielded;
    }

    /** Whether the thread has come to a poll since it was asked to end. */
    boolean isSeen() {
        return seen;
    }

    /** Whether it has ended, as seen from outside, although nobody has said so. Under the monitor. */
    boolean isOver(ThreadSighting sighting) {
        return false;
    }

    /** Whether the thread may be woken, as far as this call knows. Under the monitor. */
    boolean mayBeInterrupted() {
        return true;
    }

    /** Whether an interrupt that is there when the call ends is its own, if it has sent one. */
    boolean takesInterruptBack() {
        return true;
    }

    /** Whether an interrupt was sent that may still be there. Under the monitor. */
    boolean wasInterrupted() {
        return interrupted;
    }

    /** What stands between the calling thread's poll and the boundary. The call's own thread only. */
    Shields.Found findAtPoll(Shields shields, ThreadCalls calls, Rung rung) {
        return shields.findBefore(calls, this, rung);
    }

    /** The boundary of how many calls, from the innermost on, is its own. The call's own thread only. */
    int boundariesAbove(ThreadCalls calls) {
        int boundaries = 1;
        for (ScopeCall call = calls.innermost(); call != this; call = call.outer) {
            boundaries++;
        }
        return boundaries;
    }

    /** Null if a call of the API has begun it. */
    private ScopedMethod scopedMethod() {
        return tag instanceof ImplicitCall implicit ? implicit.method : null;
    }

    /** Whether the method that has begun it is the application's, and so part of it. */
    boolean isImplicit() {
        return scopedMethod() != null;
    }

    /** Whether a frame may be the one that has begun it, by its names. */
    boolean isBoundary(String className, String method) {
        ScopedMethod scoped = scopedMethod();
        return scoped == null ? Shields.isBoundary(className, method) : scoped.isIn(className, method);
    }

    /** Whether a frame is the one that has begun it, if it is the first from the top for which this is true. */
    boolean isBoundary(String className, StackFrame frame) {
        ScopedMethod scoped = scopedMethod();
        return isBoundary(className, frame.getMethodName())
                && (scoped == null || scoped.descriptor().equals(frame.getDescriptor()));
    }

    /** This call and those around it; none if its frames go down to the bottom of the stack. */
    ScopeCall[] outermostFirst() {
        int depth = 0;
        for (ScopeCall call = this; call != null; call = call.outer) {
            depth++;
        }
        ScopeCall[] calls = new ScopeCall[depth];
        for (ScopeCall call = this; call != null; call = call.outer) {
            calls[--depth] = call;
        }
        return calls;
    }

    /** A poll sees the request, if none has before. Returns the rung that it is on. The call's own thread only. */
    Rung rungAtPoll(long nowNanos) {
        if (!seen) {
            seenAt = nowNanos;
            seen = true;
        }
        return ladder.rungAfter(nowNanos - seenAt);
    }

    /** The rung of the request, by what polls have seen. For any thread. */
    Rung rung(long nowNanos) {
        return seen ? ladder.rungAfter(nowNanos - seenAt) : Rung.WAKE;
    }

    /** One that protects from the end of this call, and of those around it. The call's own thread only. */
    void enterShield() {
        for (ScopeCall call = this; call != null; call = call.outer) {
            call.shields = call.shields + 1;
        }
    }

    /** The call's own thread only. */
    void leaveShield() {
        for (ScopeCall call = this; call != null; call = call.outer) {
            call.shields = call.shields - 1;
        }
    }

    boolean isInShield() {
        return shields > 0;
    }

    /** Politeness is for cleaning up, which does not go on while the thread stands still. The call's own thread only. */
    void stoodStill(long nanos) {
        if (seen) {
            seenAt += nanos;
        }
    }

    /**
     * Makes {@link #isLeftAlone} true for a while.
     *
     * @param now in {@link System#nanoTime()}
     * @param untilBack or until it comes back from where it waits, if that is sooner: a loop around something that waits would
     *     otherwise be left alone whenever it is not waiting
     */
    void leaveAlone(long now, long nanos, boolean untilBack) {
        shielded = true;
        leftAloneUntilBack = untilBack;
        leftAloneAt = now;
        leftAloneNanos = nanos;
    }

    /** At a poll behind something that may wait. The call's own thread only. */
    void isBackFromWaiting() {
        if (leftAloneUntilBack) {
            leftAloneNanos = 0;
        }
    }

    /** The next poll is to look. */
    void isShieldedNoMore() {
        shielded = false;
        leftAloneNanos = 0;
    }

    /** The thread was seen outside of what had shielded it. By the delivery. */
    void isSeenOutsideShields() {
        shielded = false;
    }

    boolean isLeftAlone(long now) {
        return leftAloneNanos > 0 && now - leftAloneAt < leftAloneNanos;
    }

    /** Whether it is time to say that the thread came back, which a loop around something that blocks does all the time. */
    boolean mayTellOfReturn(long now) {
        if (toldOfReturn && now - toldOfReturnAt < RETURN_NANOS) {
            return false;
        }
        toldOfReturn = true;
        toldOfReturnAt = now;
        return true;
    }

    /** Whether it may wait, at the end of a shield, until it can be delivered. */
    boolean mayWaitForDelivery(long now) {
        if (waited && now - waitedAt < WAIT_NANOS) {
            return false;
        }
        waited = true;
        waitedAt = now;
        return true;
    }

    /** What to throw at the thread now: the first time with a stack, then without, but naming the first as its cause. */
    Error errorToThrow() {
        shielded = false;
        Error before = first;
        if (before == null) {
            before = errors.apply(request.message(), null);
            first = before;
            return before;
        }
        return errors.apply(request.message(), before);
    }

    /** What was thrown holds classes on its stack, which are nobody's business any more. */
    void forgetError() {
        first = null;
    }

    /** Ends the call and returns the request that came before, or null. Does nothing the second time. */
    EndRequest end() {
        synchronized (this) {
            if (ended) {
                return request;
            }
            ended = true;
            if (request != null) {
                endedAt = System.nanoTime();
                delivery.ended();
            }
            if (interrupted && takesInterruptBack() && thread == Thread.currentThread()) {
                Thread.interrupted();
            }
            if (lastResort != null) {
                delivery.lastResorts().remove(lastResort);
            }
        }
        if (deadline != null) {
            deadline.callOff();
        }
        if (counted != null) {
            counted.close();
        }
        return request;
    }
}
