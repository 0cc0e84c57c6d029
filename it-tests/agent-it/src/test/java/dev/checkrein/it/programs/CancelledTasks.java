package dev.checkrein.it.programs;

import dev.checkrein.CancellableExecutor;
import dev.checkrein.CancellationError;
import dev.checkrein.CancellationScope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tasks that never end by themselves, in executors that end them. Prints how each ended. The worker of the pool
 * is the same before and after. With an argument each task runs on a virtual thread of its own instead.
 */
public final class CancelledTasks {
    private static final int ROUNDS = 1_000;
    private static final int NEXT_TASK = 2_000;

    /** Without giving the processor away: the two must run together. */
    private static final int PATIENCE = 10_000;

    private static final Duration DEADLINE = Duration.ofMillis(100);

    private static CancellableExecutor executor;
    private static boolean virtual;
    private static volatile long sink;
    private static volatile int begun;

    private CancelledTasks() {}

    public static void main(String[] args) throws Exception {
        virtual = args.length > 0;
        executor = CancellableExecutor.wrap(newExecutor());
        Thread worker = worker();
        cancelled();
        swallowingUntilItsDeadline();
        completionService();
        supplied();
        leftOver();
        System.out.println("worker is the same: " + (virtual || worker() == worker));
        race();
        System.out.println("worker is the same: " + (virtual || worker() == worker));
        threads();
        shutDown();
    }

    private static ExecutorService newExecutor() throws ReflectiveOperationException {
        return virtual
                ? (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null)
                : Executors.newFixedThreadPool(1);
    }

    private static Thread worker() throws Exception {
        return executor.submit(Thread::currentThread).get();
    }

    private static void cancelled() throws Exception {
        Spinning spinning = new Spinning();
        Future<Object> task = executor.submit(spinning);
        spinning.awaitBegin();
        System.out.println("cancelled: " + task.cancel(true) + ", by " + spinning.thrown());
    }

    private static void swallowingUntilItsDeadline() throws Exception {
        System.out.println(
                "swallows: " + failure(executor.withDeadline(DEADLINE).submit(CancelledTasks::swallowingLoop)));
    }

    private static void completionService() throws Exception {
        ExecutorCompletionService<Object> service = new ExecutorCompletionService<>(executor.withDeadline(DEADLINE));
        service.submit(CancelledTasks::swallowingLoop);
        System.out.println("by a completion service: " + failure(service.take()));
        try {
            executor.withDeadline(DEADLINE).invokeAny(List.<Callable<Object>>of(CancelledTasks::swallowingLoop));
        } catch (ExecutionException e) {
            System.out.println("any: " + described(e));
        }
    }

    private static void supplied() throws Exception {
        Spinning cancelled = new Spinning();
        CompletableFuture<Object> result = executor.supply(cancelled);
        cancelled.awaitBegin();
        System.out.println("future cancelled: " + result.cancel(true) + ", by " + cancelled.thrown());
        Spinning late = new Spinning();
        result = executor.supply(late);
        late.awaitBegin();
        result.completeOnTimeout("instead", 10, TimeUnit.MILLISECONDS);
        System.out.println("future completed: " + result.get() + ", by " + late.thrown());
    }

    private static void leftOver() throws Exception {
        List<Future<Object>> tasks = executor.invokeAll(
                List.<Callable<Object>>of(() -> "quick", CancelledTasks::swallowingLoop), 3, TimeUnit.SECONDS);
        System.out.println("left over: " + tasks.get(0).get() + ", cancelled "
                + tasks.get(1).isCancelled());
    }

    /** Each is cancelled at about the moment it ends, and the same thread then does what nobody cancelled. */
    private static void race() throws Exception {
        int returned = 0;
        int cancelled = 0;
        // As long as it takes to cancel, whatever that is here: both are tried again and again.
        int length = 2_000;
        for (int round = 0; round < ROUNDS; round++) {
            int number = round;
            int turns = length;
            begun = -1;
            Future<Integer> task = executor.submit(() -> {
                begun = number;
                return work(turns);
            });
            Future<String> next = executor.submit(CancelledTasks::undisturbed);
            await(() -> begun == number);
            if (task.cancel(true)) {
                cancelled++;
                length -= length / 4;
            } else {
                task.get();
                returned++;
                length += length / 4 + 1;
            }
            if (!next.get().isEmpty()) {
                System.out.println("round " + round + ": the next task was disturbed: " + next.get());
            }
        }
        // Both must happen, or nothing has raced.
        System.out.println("raced: returned " + (returned > 0) + ", cancelled " + (cancelled > 0));
    }

    private static void threads() throws Exception {
        CancellationScope scope = CancellationScope.named("threads");
        Spinning spinning = new Spinning();
        Thread thread = scope.threadFactory(Thread::new).newThread(() -> spinning.call());
        thread.start();
        spinning.awaitBegin();
        scope.cancel("enough");
        thread.join();
        System.out.println("thread: by " + spinning.thrown());
    }

    private static void shutDown() throws Exception {
        Spinning spinning = new Spinning();
        Future<Object> running = executor.submit(spinning);
        spinning.awaitBegin();
        int queued = virtual ? 0 : 1;
        for (int i = 0; i < queued; i++) {
            executor.execute(() -> System.out.println("never"));
        }
        System.out.println("shut down: returned " + (executor.shutdownNow().size() == queued) + ", cancelled "
                + running.isCancelled() + ", by " + spinning.thrown());
        executor.close();
    }

    private static String failure(Future<?> task) throws InterruptedException {
        try {
            return "returned " + task.get();
        } catch (ExecutionException e) {
            return described(e);
        }
    }

    private static String described(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause.getClass().getSimpleName() + " by "
                + (cause.getCause() == null ? null : cause.getCause().getClass().getSimpleName());
    }

    private static Object swallowingLoop() {
        while (true) {
            try {
                while (true) {
                    sink++;
                }
            } catch (Throwable swallowed) {
                sink += 2;
            }
        }
    }

    private static String undisturbed() {
        try {
            work(NEXT_TASK);
            return Thread.currentThread().isInterrupted() ? "it found an interrupt" : "";
        } catch (Throwable e) {
            return e.toString();
        }
    }

    private static int work(int turns) {
        int x = turns;
        for (int i = 0; i < turns; i++) {
            x = x * 31 + new int[] {i}.length;
        }
        return x;
    }

    private static void await(BooleanSupplier reached) {
        for (int turn = 0; !reached.getAsBoolean(); turn++) {
            if (turn < PATIENCE) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** A loop without end, whose end can be waited for. It tells of both by fields alone: there is no poll in that to be ended at. */
    private static final class Spinning implements Callable<Object> {
        private volatile boolean begun;
        private volatile CancellationError thrown;

        @Override
        public Object call() {
            try {
                begun = true;
                while (true) {
                    sink++;
                }
            } catch (CancellationError e) {
                thrown = e;
                throw e;
            }
        }

        void awaitBegin() {
            await(() -> begun);
        }

        String thrown() {
            await(() -> thrown != null);
            return thrown.getClass().getSimpleName();
        }
    }
}
