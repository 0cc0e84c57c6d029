package dev.checkrein;

import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.pause.Coordinator;
import dev.checkrein.internal.pause.Registered;

/**
 * A thread that has registered with a {@link SafepointCoordinator}. It must poll, and should say when it does not for a while. For
 * use by that thread alone.
 */
public final class Worker implements AutoCloseable {
    private final Coordinator coordinator;
    private final Registered.Member member;

    Worker(Coordinator coordinator, Registered.Member member) {
        this.coordinator = coordinator;
        this.member = member;
    }

    /**
     * The thread is about to wait, or to do something long that no pause need wait for:
     *
     * <pre>{@code
     * try (Worker.Outside outside = worker.outside()) {
     *     queue.take();
     * }
     * }</pre>
     *
     * @throws IllegalStateException if the calling thread is another, or has said so already and is not back
     */
    public Outside outside() {
        checkThread();
        if (member.isOutside()) {
            throw new IllegalStateException("this worker is outside already. Close that one first");
        }
        member.outside(true);
        coordinator.changed();
        return new Outside();
    }

    /**
     * No pause waits for the thread any more. Does nothing the second time.
     *
     * @throws IllegalStateException if the calling thread is another
     */
    @Override
    public void close() {
        checkThread();
        member.remove();
        coordinator.changed();
    }

    private void checkThread() {
        if (!member.isOwn()) {
            throw new IllegalStateException("a worker is for the thread that registered it alone, not for \""
                    + Thread.currentThread().getName() + '"');
        }
    }

    /** The time during which no pause waits for a worker. */
    public final class Outside implements AutoCloseable {
        private Outside() {}

        /** The thread is back. If there is a pause, returns when it is over. */
        @Override
        public void close() {
            checkThread();
            member.outside(false);
            if (coordinator.isPending()) {
                coordinator.atPoll(PollCode.RETURN);
            }
        }
    }
}
