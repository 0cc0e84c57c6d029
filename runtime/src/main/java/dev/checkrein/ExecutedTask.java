package dev.checkrein;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/** A command that nobody has a future of. */
final class ExecutedTask extends CancellableTask<Object> {
    private final Runnable command;

    /** What to tell, by the thread that ran it and to the same. */
    private Throwable thrown;

    ExecutedTask(BegunTasks begun, CancellationScope scope, Runnable command) {
        super(begun, scope, Executors.callable(command));
        this.command = command;
    }

    @Override
    protected void setException(Throwable t) {
        thrown = t;
        super.setException(t);
    }

    @Override
    public void run() {
        super.run();
        if (thrown == null || isCancelled()) {
            return;
        }
        if (thrown instanceof TimeoutException) {
            // Not thrown: it would take the worker along.
            Thread worker = Thread.currentThread();
            worker.getUncaughtExceptionHandler().uncaughtException(worker, thrown);
        } else {
            throw CancellationScope.<RuntimeException>unchecked(thrown);
        }
    }

    @Override
    Runnable handBack() {
        return command;
    }
}
