package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever meets a cancel or a shutdown, a task has one outcome and the next is left alone. */
class CancellableExecutorRaceTest {
    private static final int ROUNDS = 3_000;
    private static final int SHUTDOWNS = 300;
    private static final int MOST_BEFORE_SHUTDOWN = 40;
    private static final int MOST_SUBMITTED = 200;
    private static final long LIMIT_SECONDS = 20;

    private final ExecutorService workers = Executors.newSingleThreadExecutor();
    private final ExecutorService others = Executors.newCachedThreadPool();
    private final CancellableExecutor executor = CancellableExecutor.wrap(workers);
    private volatile int sink;

    @AfterEach
    void end() {
        workers.shutdownNow();
        others.shutdownNow();
    }

    @Test
    void cancelMeetsTheStart() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicBoolean began = new AtomicBoolean();
            Future<Boolean> task = executor.submit(() -> began.getAndSet(true));
            spin(round % 300);
            boolean cancelled = task.cancel(true);
            assertNextIsUndisturbed(round);
            assertThat(task.isCancelled()).isEqualTo(cancelled);
            assertThat(cancelled || began.get()).isTrue();
        }
    }

    @Test
    void cancelMeetsTheEnd() throws Exception {
        int returned = 0;
        int cancelled = 0;
        CyclicBarrier begin = new CyclicBarrier(2);
        for (int round = 0; round < ROUNDS; round++) {
            int turns = round % 3 == 0 ? 2_000 : 100;
            Future<String> task = executor.submit(() -> {
                begin.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                spin(turns);
                return "value";
            });
            Future<Boolean> next = executor.submit(this::isUndisturbed);
            begin.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            spin(round % 2 == 0 ? round % 200 : 100 * (round % 200)); // until the other has woken, too
            if (task.cancel(true)) {
                cancelled++;
                assertThat(task).isCancelled();
            } else {
                returned++;
                assertThat(task.get()).isEqualTo("value");
            }
            assertThat(next.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("after task " + round)
                    .isTrue();
        }
        assertThat(returned).as("tasks that won the race").isPositive();
        assertThat(cancelled).as("tasks that lost the race").isPositive();
    }

    @Test
    void completionMeetsTheEnd() throws Exception {
        CyclicBarrier begin = new CyclicBarrier(2);
        for (int round = 0; round < ROUNDS; round++) {
            int turns = round % 3 == 0 ? 2_000 : 100;
            CompletableFuture<String> result = executor.supply(() -> {
                begin.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                spin(turns);
                return "value";
            });
            Future<Boolean> next = executor.submit(this::isUndisturbed);
            begin.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            spin(round % 2 == 0 ? round % 200 : 100 * (round % 200)); // until the other has woken, too
            boolean cancelled = result.cancel(true);
            assertThat(result.isCancelled()).isEqualTo(cancelled);
            assertThat(next.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("after task " + round)
                    .isTrue();
            if (!cancelled) {
                assertThat(result).isCompletedWithValue("value");
            }
        }
    }

    @Test
    void ofManyCancelsOneIsTheFirst() throws Exception {
        int threads = 4;
        for (int round = 0; round < ROUNDS / 10; round++) {
            Blocker blocker = new Blocker();
            Future<String> task = executor.submit(blocker);
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<Boolean>> cancels = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                boolean interrupt = i % 2 == 0;
                cancels.add(others.submit(() -> {
                    together.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                    return task.cancel(interrupt);
                }));
            }
            int first = 0;
            for (Future<Boolean> cancel : cancels) {
                first += cancel.get(LIMIT_SECONDS, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(first).isEqualTo(1);
            assertNextIsUndisturbed(round);
            assertThat(blocker.hasBegun()).isEqualTo(blocker.hasEnded());
        }
    }

    @Test
    void shutdownMeetsTasksThatAreSubmitted() throws Exception {
        int returned = 0;
        int cancelled = 0;
        for (int round = 0; round < SHUTDOWNS; round++) {
            CancellableExecutor shortLived = CancellableExecutor.wrap(Executors.newFixedThreadPool(2));
            AtomicInteger count = new AtomicInteger();
            Future<List<Future<?>>> submitter = others.submit(() -> submitUntilRejected(shortLived, count));
            int some = round % MOST_BEFORE_SHUTDOWN;
            TestThread.eventually("some are submitted", () -> count.get() >= some);
            Set<Runnable> notBegun = Collections.newSetFromMap(new IdentityHashMap<>());
            notBegun.addAll(shortLived.shutdownNow());
            List<Future<?>> accepted = submitter.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(shortLived.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            for (Future<?> task : accepted) {
                assertThat(task.isDone()).as("has an outcome, or was returned").isNotEqualTo(notBegun.contains(task));
                if (task.isCancelled()) {
                    cancelled++;
                } else if (task.isDone()) {
                    task.get(); // throws if it was hit by an interrupt of the pool's
                } else {
                    returned++;
                }
            }
        }
        assertThat(returned).as("returned tasks").isPositive();
        assertThat(cancelled).as("cancelled tasks").isPositive();
    }

    private static List<Future<?>> submitUntilRejected(CancellableExecutor executor, AtomicInteger count) {
        List<Future<?>> accepted = new ArrayList<>();
        try {
            while (accepted.size() < MOST_SUBMITTED) {
                // The second of those that do not end by themselves stops the queue.
                boolean endless = accepted.size() % 10 == 9;
                accepted.add(endless ? executor.submit(new Blocker()::run) : executor.submit(() -> "value"));
                count.incrementAndGet();
            }
        } catch (RejectedExecutionException shutDown) {
            // As it should be.
        }
        return accepted;
    }

    private void assertNextIsUndisturbed(int round) throws Exception {
        assertThat(executor.submit(this::isUndisturbed).get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("the task after task " + round + " was left alone")
                .isTrue();
    }

    private boolean isUndisturbed() {
        spin(200);
        return !Thread.currentThread().isInterrupted();
    }

    private void spin(int turns) {
        for (int i = 0; i < turns; i++) {
            sink += i;
        }
    }
}
