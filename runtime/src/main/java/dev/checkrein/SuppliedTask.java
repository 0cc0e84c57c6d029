package dev.checkrein;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A task and a completable future that end each other. The one that is done first completes the other, whose own attempt to do the
 * same then comes too late and does nothing: there is no order in which they could wait for each other.
 */
final class SuppliedTask<T> extends CancellableTask<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Whether whoever cancels it completes the result at once. */
    private volatile boolean alone = true;

    SuppliedTask(BegunTasks begun, CancellationScope scope, Callable<? extends T> body) {
        super(begun, scope, body);
        result.whenComplete((value, thrown) -> cancel(true));
    }

    /** Others are to be cancelled too, and what depends on this result may wait for them. */
    @Override
    Runnable cancelFirst() {
        alone = false;
        cancel(true);
        return () -> {
            if (isCancelled()) {
                result.cancel(true);
            }
        };
    }

    CompletableFuture<T> result() {
        return result;
    }

    @Override
    protected void set(T value) {
        super.set(value);
        result.complete(value);
    }

    @Override
    protected void setException(Throwable t) {
        super.setException(t);
        result.completeExceptionally(t);
    }

    @Override
    protected void done() {
        if (isCancelled()) {
            // First, as what depends on the result may take long.
            endBody();
            if (alone) {
                result.cancel(true);
            }
        }
    }
}
