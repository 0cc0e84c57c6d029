package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.pause.Coordinator;
import dev.checkrein.internal.pause.StackRoom;
import dev.checkrein.internal.pause.VirtualThreads;
import dev.checkrein.internal.timing.OwnThread;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * What a poll does while anything is pending. Runs on the polling thread, anywhere in the application: with little stack
 * left, with any lock held. Stands still while a pause wants it. Then either returns, and nothing has happened, or throws the
 * error that ends a call this thread is in.
 */
final class SlowPath implements IntConsumer {
    /**
     * For how many times as long as it took to find a shield the thread is then left alone. Finding one means walking the
     * stack, and code behind a shield polls as often as any other: a class that initialises itself in a loop would spend
     * nearly all its time there, and take hundreds of times as long as it needs.
     */
    private static final long LEFT_ALONE_PER_LOOK = 10;

    /** A bound for the case that the thread was off its processor while it looked. */
    private static final long LONGEST_LEFT_ALONE_NANOS = Duration.ofMillis(2).toNanos();

    private final Coordinator coordinator;
    private final Shields shields;
    private final Delivery delivery;
    private final LastResorts lastResorts;
    private final Unscoped unscoped;
    private final LongSupplier nanoClock;

    SlowPath(Coordinator coordinator, Shields shields, Delivery delivery, Unscoped unscoped, LongSupplier nanoClock) {
        this.coordinator = coordinator;
        this.shields = shields;
        this.delivery = delivery;
        this.lastResorts = delivery.lastResorts();
        this.unscoped = unscoped;
        this.nanoClock = nanoClock;
    }

    /**
     * Where the stack is at its end it goes without calls of its own, which would need more room: recursion that tries again at each
     * level has twice as many turns to take for each frame.
     *
     * @param poll a {@link PollCode}
     */
    @Override
    public void accept(int poll) {
        if (coordinator.isPending()) {
            standStill(poll);
        }
        Error error = null;
        try {
            error = errorToEnd(poll);
        } catch (StackOverflowError noRoom) {
            Thread self = Thread.currentThread();
            lastResorts.withoutRoom = self;
            for (LastResorts.Entry entry = lastResorts.first; entry != null; entry = entry.next) {
                if (entry.thread == self
                        && (entry.calls == null || entry.calls.inRuntime == 0)
                        && poll != PollCode.RETURN) {
                    error = entry.error;
                }
            }
        }
        if (error != null) {
            throw error;
        }
    }

    private void standStill(int poll) {
        ThreadCalls before = ThreadCalls.current();
        if (before != null && before.inRuntime()) {
            return;
        }
        ThreadCalls calls = ThreadCalls.enterRuntime(); // first: what loads classes may poll
        try {
            if (mayNotStandStill(Thread.currentThread())) {
                return;
            }
            long start = nanoClock.getAsLong();
            coordinator.atPoll(poll);
            if (before != null) {
                before.stoodStill(nanoClock.getAsLong() - start);
            }
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    private static boolean mayNotStandStill(Thread self) {
        return self instanceof OwnThread || VirtualThreads.areServedBy(self);
    }

    /** Null if nothing is to be thrown. */
    private Error errorToEnd(int poll) {
        Thread self = Thread.currentThread();
        UnscopedCall around = unscoped.of(self, null);
        ThreadCalls calls = ThreadCalls.current();
        if (calls == null && around != null) {
            calls = ThreadCalls.forUnscoped();
        }
        if (calls == null || calls.inRuntime()) {
            return null;
        }
        calls.inRuntime++; // and below: a method might find no room, and the thread would be in the runtime for ever
        try {
            Error error = null;
            for (UnscopedCall call = around; call != null && error == null; call = unscoped.of(self, call)) {
                error = call.hasEnded() ? null : errorAt(poll, calls, call);
            }
            for (ScopeCall call = calls.toEnd(null); call != null && error == null; call = calls.toEnd(call)) {
                error = errorAt(poll, calls, call);
            }
            return error;
        } catch (OutOfMemoryError later) {
            // No room to make the error now; the next poll tries again.
        } finally {
            calls.inRuntime--;
            calls.leftRuntime();
        }
        return null;
    }

    private Error errorAt(int poll, ThreadCalls calls, ScopeCall call) {
        if (poll == PollCode.RETURN) {
            tellOfReturn(call);
            return null;
        }
        return errorUnlessShielded(calls, call);
    }

    /** Nothing is thrown here, but the next poll may do nothing unless it is armed again. */
    private void tellOfReturn(ScopeCall call) {
        call.isBackFromWaiting();
        long now = System.nanoTime();
        if (call.delivered().isInShieldedMethod() && call.mayWaitForDelivery(now)) {
            StackRoom.ensure();
            call.isShieldedNoMore();
            delivery.returnedFromShield(call.delivered());
        } else if (call.mayTellOfReturn(now)) {
            StackRoom.ensure();
            delivery.returned(call.delivered());
        }
    }

    private Error errorUnlessShielded(ThreadCalls calls, ScopeCall call) {
        long now = nanoClock.getAsLong();
        if (call.isLeftAlone(now)) {
            return null;
        }
        Shields.Found found = call.findAtPoll(shields, calls, call.rungAtPoll(now));
        if (found == Shields.Found.NOTHING) {
            return call.hasEnded() ? null : call.errorToThrow(); // others may take it back while this looks
        }
        long afterwards = nanoClock.getAsLong();
        long leftAlone = Math.min(LEFT_ALONE_PER_LOOK * (afterwards - now), LONGEST_LEFT_ALONE_NANOS);
        call.leaveAlone(afterwards, leftAlone, found == Shields.Found.CONCURRENCY);
        return null;
    }
}
