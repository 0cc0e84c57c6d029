package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A cancel that races the end of a task in a pool hits that task or nothing. */
class PooledRaceTest {
    private static final int TASKS = 10_000;

    private final CyclicBarrier begin = new CyclicBarrier(2);
    private volatile int sink;

    @Test
    void neverHitsTheNextTaskNorLeavesAnInterrupt() throws Exception {
        int returned = 0;
        int cancelled = 0;
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < TASKS; i++) {
                CancellationScope scope = CancellationScope.named("task");
                Future<String> raced = pool.submit(() -> run(scope));
                Future<Boolean> next = pool.submit(() -> isUndisturbed());
                begin.await(20, TimeUnit.SECONDS);
                spin(i % 200);
                scope.cancel("race");
                switch (raced.get(20, TimeUnit.SECONDS)) {
                    case "returned" -> returned++;
                    case "cancelled" -> cancelled++;
                    default -> throw new AssertionError(raced.get());
                }
                assertThat(next.get(20, TimeUnit.SECONDS))
                        .as("the task after task " + i + " was left alone")
                        .isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(returned).as("tasks that won the race").isPositive();
        assertThat(cancelled).as("tasks that lost the race").isPositive();
    }

    private String run(CancellationScope scope) throws Exception {
        begin.await(20, TimeUnit.SECONDS);
        try {
            return scope.call(() -> {
                spin(100);
                return "returned";
            });
        } catch (CancellationException e) {
            return "cancelled";
        }
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
