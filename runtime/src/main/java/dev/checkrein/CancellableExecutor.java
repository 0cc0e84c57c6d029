package dev.checkrein;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An executor whose tasks end when they are cancelled or take too long, and whose workers stay.
 *
 * <pre>{@code
 * CancellableExecutor pool =
 *         CancellableExecutor.wrap(Executors.newFixedThreadPool(8)).withDeadline(Duration.ofSeconds(2));
 * Future<String> html = pool.submit(() -> plugin.render(data));
 * …
 * html.cancel(true); // and the worker is free
 * }</pre>
 *
 * <p>The threads, the queue and their policies are those of the executor that is wrapped, of whatever kind: a pool, or one that
 * starts a virtual thread for each task. Its queue, its handlers and {@code shutdownNow} of one that wraps tasks itself, as a
 * scheduled one does, see this one's tasks, not the commands they were made of. Every task runs in a {@link CancellationScope} of its own, which says how it is ended, when
 * it cannot be, and what is never touched: the next task of the same worker, for one. Where code does not poll, without the agent,
 * tasks are interrupted and that is all.
 *
 * <p><b>Cancelling.</b> A task whose future is cancelled before it began never begins. {@code cancel(true)} ends it if it has,
 * for good, also after a {@code cancel(false)}, which lets it go on. As {@link Future} has it, {@code isDone()} is true and
 * {@code get()} throws at once, while the task may still be on its way out; {@link #close} and {@link #awaitTermination} wait until
 * all tasks have really ended. {@code get} with a timeout gives up waiting and does not cancel. What {@link #invokeAll} and
 * {@link #invokeAny} leave over is cancelled.
 *
 * <p><b>Deadlines</b> count from the moment at which a worker begins the task; time in the queue does not count. When one passes,
 * {@code get()} throws an {@link java.util.concurrent.ExecutionException ExecutionException}, because the task failed and nobody
 * cancelled it. Its cause is a {@link TimeoutException}, whose own cause shows where the task was; it is thrown when the task has ended.
 *
 * <p><b>Budgets</b> are for each task, as {@link CancellationScope} has them. What is counted for whoever submits a task counts the task
 * as well. A future of a task that has used up a budget fails with the {@link java.util.concurrent.CancellationException
 * CancellationException} that says so: {@code get()} of one that was submitted wraps it in an {@code ExecutionException}.
 *
 * <p>Thread-safe. The {@code with…} methods return another view of the same executor: to shut one down is to shut down all. What
 * is given to the wrapped executor directly has no scope.
 */
public final class CancellableExecutor extends AbstractExecutorService implements AutoCloseable {
    private final ExecutorService executor;
    private final BegunTasks begun;

    /**
     * What {@link #newTaskFor} has made and {@link #execute} has not been given yet, by this thread. A completion service, as in
     * {@link #invokeAny}, has it executed inside a task of its own, which is to have no scope then: the outer deadline would pass first,
     * and the future, inside, hear of an error and not of a timeout.
     */
    private final ThreadLocal<CancellableTask<?>> justMade = new ThreadLocal<>();

    private final String name;

    private final Limits limits;

    private CancellableExecutor(ExecutorService executor, BegunTasks begun, String name, Limits limits) {
        this.executor = executor;
        this.begun = begun;
        this.name = name;
        this.limits = limits;
    }

    /**
     * Has the tasks run by the given executor, without a deadline.
     *
     * @param executor ought to run nothing else, as it is shut down with this one
     */
    public static CancellableExecutor wrap(ExecutorService executor) {
        return new CancellableExecutor(
                Objects.requireNonNull(executor, "executor"), new BegunTasks(), "task", Limits.NONE);
    }

    /** The same executor with another name for its tasks in messages, which is "task" otherwise. */
    public CancellableExecutor withName(String name) {
        return new CancellableExecutor(executor, begun, Objects.requireNonNull(name, "name"), limits);
    }

    /**
     * The same executor for tasks that may take as long as given, in wall-clock time, each counted from its own start.
     *
     * @throws IllegalArgumentException if the deadline is zero or negative
     */
    public CancellableExecutor withDeadline(Duration deadline) {
        return new CancellableExecutor(executor, begun, name, limits.withDeadline(deadline));
    }

    /**
     * The same executor for tasks that may each be on a processor for as long as given.
     *
     * @throws IllegalArgumentException if the budget is zero or negative
     * @see CancellationScope#withCpuBudget
     */
    public CancellableExecutor withCpuBudget(Duration budget) {
        return new CancellableExecutor(executor, begun, name, limits.withCpu(budget));
    }

    /**
     * The same executor for tasks that may each allocate as many bytes as given.
     *
     * @throws IllegalArgumentException if the budget is zero or negative
     * @see CancellationScope#withAllocationBudget
     */
    public CancellableExecutor withAllocationBudget(long bytes) {
        return new CancellableExecutor(executor, begun, name, limits.withBytes(bytes));
    }

    /**
     * Runs a task whose result can be waited for in all the ways of a {@link CompletableFuture}, and which ends when nobody can
     * get its result any more: whoever else completes the future returned ends the task, or keeps it from beginning. That is
     * {@code cancel}, whatever its argument, {@code orTimeout}, {@code completeOnTimeout} and {@code complete}.
     * ({@code CompletableFuture.supplyAsync} has no such tie, by any executor.)
     *
     * <p>Stages made of this future have futures of their own: to cancel one of those does not end the task. Those that
     * were added to this one may run before the task is asked to end.
     *
     * @return what the task returns, or completed exceptionally by what it threw, or by the {@link TimeoutException} of a deadline
     * @throws RejectedExecutionException if the wrapped executor does not take it
     */
    public <T> CompletableFuture<T> supply(Callable<? extends T> task) {
        SuppliedTask<T> supplied = new SuppliedTask<>(begun, newScope(), Objects.requireNonNull(task, "task"));
        executor.execute(supplied);
        return supplied.result();
    }

    /**
     * Runs a command that nobody has a future of. When its deadline passes or it has used up a budget, the exception goes to the
     * uncaught exception handler of the worker, which lives on. What the command itself throws goes to the executor that is wrapped.
     *
     * <p>A command that catches what is thrown, as a future of somebody else's making does, gets the {@link CancellationError}.
     */
    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        boolean inner = justMade.get() != null && command.getClass().getNestHost() == ExecutorCompletionService.class;
        justMade.remove();
        boolean own = command instanceof CancellableTask<?> task && task.isOf(begun);
        executor.execute(inner || own ? command : new ExecutedTask(begun, newScope(), command));
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        CancellableTask<T> made = new CancellableTask<>(begun, newScope(), task);
        justMade.set(made);
        return made;
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
        return newTaskFor(() -> {
            task.run();
            return value;
        });
    }

    /** To cancel a scope is for good, so each task has one. */
    private CancellationScope newScope() {
        return new CancellationScope(name, limits).startedHere();
    }

    @Override
    public void shutdown() {
        executor.shutdown();
    }

    /**
     * Shuts down, and cancels the tasks that have begun.
     *
     * @return those that have not: futures as {@code submit} returned them, which are not cancelled, and commands as {@code execute}
     *     was given them. The caller may run them. Executors that drop tasks without returning them, such as a
     *     {@link java.util.concurrent.ForkJoinPool ForkJoinPool}, leave their futures incomplete
     */
    @Override
    public List<Runnable> shutdownNow() {
        // Before the executor's own: that interrupts, and a task could fail of it that is to be cancelled.
        List<Runnable> dependents = new ArrayList<>();
        for (CancellableTask<?> task : begun.close()) {
            dependents.add(task.cancelFirst());
        }
        dependents.forEach(Runnable::run);
        List<Runnable> queued = null;
        try {
            queued = executor.shutdownNow();
        } finally {
            if (queued == null) {
                begun.reopen(); // it refuses, as that of a container does
            }
        }
        List<Runnable> notBegun = new ArrayList<>();
        for (CancellableTask<?> task : begun.closed()) {
            notBegun.add(task.handBack());
        }
        for (Runnable command : queued) {
            notBegun.add(command instanceof CancellableTask<?> task ? task.handBack() : command);
        }
        if (!executor.isShutdown()) {
            begun.reopen(); // it cannot be shut down, as the common pool
        }
        return notBegun;
    }

    @Override
    public boolean isShutdown() {
        return executor.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return executor.isTerminated();
    }

    /** Waits as told, until all tasks have ended after a shutdown: those that were cancelled too. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return executor.awaitTermination(timeout, unit);
    }

    /**
     * Shuts down and waits until all tasks have ended; does nothing if the wrapped executor does not let itself be shut down, as
     * {@code ForkJoinPool.commonPool()}. If the caller is interrupted meanwhile it does as {@link #shutdownNow},
     * waits on, and leaves the interrupt pending. As in {@code ExecutorService} since JDK 19.
     */
    @Override
    public void close() {
        shutdown();
        boolean interrupted = false;
        boolean terminated = !executor.isShutdown();
        while (!terminated) {
            try {
                terminated = awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                if (!interrupted) {
                    shutdownNow();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "CancellableExecutor[" + name + limits + ", " + executor + "]";
    }
}
