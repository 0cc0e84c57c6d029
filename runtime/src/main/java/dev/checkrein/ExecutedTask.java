package dev.checkrein;

import java.util.concurrent.Callable;

/** A command that nobody has a future of. */
final class ExecutedTask extends CancellableTask<Object> {
    /** What to tell, by the thread that ran it and to the same. */
    private Throwable thrown;

    private final Body body;

    ExecutedTask(BegunTasks begun, CancellationScope scope, Runnable command) {
        this(begun, scope, new Body(command));
    }

    private ExecutedTask(BegunTasks begun, CancellationScope scope, Body body) {
        super(begun, scope, body);
        this.body = body;
    }

    /** The command, and what it has thrown itself: all else is thrown by the scope. By one thread. */
    private static final class Body implements Callable<Object> {
        private final Runnable command;
        private Throwable thrown;

        Body(Runnable command) {
            this.command = command;
        }

        @Override
        public Object call() {
            try {
                command.run();
                return null;
            } catch (Throwable t) {
                thrown = t;
                throw t;
            }
        }
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
        if (thrown != body.thrown) {
            // Not thrown: it would take the worker along.
            Thread worker = Thread.currentThread();
            worker.getUncaughtExceptionHandler().uncaughtException(worker, thrown);
        } else {
            throw CancellationScope.<RuntimeException>unchecked(thrown);
        }
    }

    @Override
    Runnable handBack() {
        return body.command;
    }
}
