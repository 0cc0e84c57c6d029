package dev.checkrein;

import dev.checkrein.internal.pause.StackRoom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * A task in a scope of its own. Thread-safe.
 *
 * <p>Its races are decided by the state of {@link FutureTask}: either the task's end or a cancel moves it from "new", once. A cancel
 * that was too late does not get to the scope. One that was in time may get to the scope before the body begins, and then the scope
 * refuses it; while it runs, and then it is ended; or when it has just ended, and then the scope has nobody to end. The thread is
 * never interrupted for the task, but only for the call in the scope, so nothing is left for what runs next.
 */
class CancellableTask<V> extends FutureTask<V> {
    private final BegunTasks begun;
    private final CancellationScope scope;
    private final Link<CancellableTask<?>> entry = new Link<>(this);

    /** Guarded by the lock of the begun tasks. */
    private boolean handedBack;

    CancellableTask(BegunTasks begun, CancellationScope scope, Callable<? extends V> body) {
        super(() -> scope.call(body));
        this.begun = begun;
        this.scope = scope;
    }

    @Override
    public void run() {
        if (!begun.begin(entry)) {
            return;
        }
        try {
            super.run();
        } finally {
            begun.end(entry);
        }
    }

    /** True at most once, to whoever was first; but whoever comes later can still have it end. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        StackRoom.ensure(); // or the future would be cancelled, and the body never
        boolean cancelled = super.cancel(false);
        if (mayInterruptIfRunning && isCancelled()) {
            endBody();
        }
        return cancelled;
    }

    /** Whether it is of the executor whose tasks these are. */
    final boolean isOf(BegunTasks some) {
        return begun == some;
    }

    /**
     * Cancels it without running anything of the caller's that depends on it.
     *
     * @return does that
     */
    Runnable cancelFirst() {
        cancel(true);
        return () -> {};
    }

    /** For a task that is cancelled: if its body runs it is ended. */
    final void endBody() {
        scope.cancel("its future was cancelled");
    }

    /** Makes it the caller's, who may run it although the executor is shut down. */
    Runnable handBack() {
        begun.handBack(this);
        return this;
    }

    /** Under the lock. */
    final void setHandedBack() {
        handedBack = true;
    }

    /** Under the lock. */
    final boolean isHandedBack() {
        return handedBack;
    }
}
