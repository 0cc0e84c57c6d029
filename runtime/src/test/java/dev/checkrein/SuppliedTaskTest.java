package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A completable future and the task that computes it end each other. */
class SuppliedTaskTest {
    private static final long LIMIT_SECONDS = 20;

    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final CancellableExecutor executor = CancellableExecutor.wrap(pool);
    private final Blocker blocker = new Blocker();

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    @Test
    void theTaskCompletesTheFuture() throws Exception {
        CompletableFuture<Object> result = executor.supply(() -> "value");
        assertThat(result.thenApply(value -> value + "s").get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("values");
    }

    @Test
    void theTaskCompletesTheFutureByWhatItThrows() {
        IllegalStateException thrown = new IllegalStateException("of the task");
        CompletableFuture<Object> result = executor.supply(() -> {
            throw thrown;
        });
        assertThatThrownBy(() -> result.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .isExactlyInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(thrown);
    }

    @Test
    void aDeadlineCompletesTheFuture() {
        CompletableFuture<String> result =
                executor.withDeadline(Duration.ofMillis(5)).supply(blocker);
        assertThatThrownBy(() -> result.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .isExactlyInstanceOf(ExecutionException.class)
                .hasCauseExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void cancelEndsTheTask() throws Exception {
        assertEnds(result -> result.cancel(true));
    }

    @Test
    void aTimeoutEndsTheTask() throws Exception {
        assertEnds(result -> result.orTimeout(1, TimeUnit.MILLISECONDS));
    }

    @Test
    void aTimeoutWithAValueEndsTheTask() throws Exception {
        assertEnds(result -> result.completeOnTimeout("late", 1, TimeUnit.MILLISECONDS));
    }

    @Test
    void completionByOthersEndsTheTask() throws Exception {
        assertEnds(result -> result.complete("found elsewhere"));
    }

    @Test
    void cancelOfAStageDoesNotEndTheTask() throws Exception {
        CompletableFuture<String> result = executor.supply(blocker);
        blocker.awaitBegin();
        result.thenApply(value -> value).cancel(true);
        blocker.letGo();
        assertThat(result.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("let go");
    }

    @Test
    void aTaskThatIsCancelledBeforeItBeganNeverBegins() throws Exception {
        Blocker later = new Blocker();
        executor.submit(blocker);
        executor.supply(later).cancel(true);
        blocker.letGo();
        awaitUndisturbedWorker();
        assertThat(later.hasBegun()).isFalse();
    }

    @Test
    void shutdownCancelsTheFutureAndAsksTheTaskFirst() throws Exception {
        CompletableFuture<String> result = executor.supply(blocker);
        blocker.awaitBegin();
        CompletableFuture<Boolean> ended = result.handle((value, thrown) -> blocker.awaitInterrupt());
        executor.shutdownNow();
        assertThat(ended.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(result).isCancelled();
        assertThatThrownBy(result::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> executor.supply(blocker)).isInstanceOf(RejectedExecutionException.class);
    }

    private void assertEnds(Consumer<CompletableFuture<String>> completion) throws Exception {
        CompletableFuture<String> result = executor.supply(blocker);
        blocker.awaitBegin();
        completion.accept(result);
        assertThat(blocker.awaitInterrupt()).isTrue();
        assertThat(result).isDone();
        awaitUndisturbedWorker();
    }

    private void awaitUndisturbedWorker() throws Exception {
        assertThat(executor.submit(() -> Thread.currentThread().isInterrupted()).get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .isFalse();
    }
}
