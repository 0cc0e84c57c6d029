package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tasks a shutdown cancels, and which it gives back. */
class CancellableExecutorShutdownTest {
    private static final long LIMIT_SECONDS = 20;

    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final CancellableExecutor executor = CancellableExecutor.wrap(pool);
    private final Blocker blocker = new Blocker();

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    @Test
    void cancelsWhatRunsAndReturnsWhatHasNotBegun() throws Exception {
        Future<String> running = executor.submit(blocker);
        Future<String> queued = executor.submit(() -> "run by the caller");
        Runnable command = () -> {};
        executor.execute(command);
        blocker.awaitBegin();
        List<Runnable> notBegun = executor.shutdownNow();
        assertThat(notBegun).hasSize(2).first().isSameAs(queued);
        assertThat(notBegun).last().isSameAs(command);
        assertThat(running).isCancelled();
        assertThat(queued).isNotDone();
        assertThat(blocker.awaitInterrupt()).isTrue();
        assertThat(executor.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        notBegun.get(0).run();
        assertThat(queued.get()).isEqualTo("run by the caller");
    }

    @Test
    void reachesTheTasksOfAllViews() {
        Future<String> running = executor.withName("other").submit(blocker);
        blocker.awaitBegin();
        executor.shutdownNow();
        assertThat(running).isCancelled();
        assertThatThrownBy(() -> executor.withName("another").submit(() -> "value"))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void theOrderlyOneLetsTasksEnd() throws Exception {
        Future<String> running = executor.submit(blocker);
        Future<String> queued = executor.submit(() -> "value");
        executor.shutdown();
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
        blocker.letGo();
        executor.close();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(running.get()).isEqualTo("let go");
        assertThat(queued.get()).isEqualTo("value");
    }

    @Test
    void closeCancelsWhenItIsInterrupted() {
        Future<String> running = executor.submit(blocker);
        blocker.awaitBegin();
        TestThread<Boolean> closer = TestThread.<Boolean>start(() -> {
                    executor.close();
                    return Thread.interrupted();
                })
                .awaitBlocked();
        closer.thread().interrupt();
        assertThat(closer.result()).as("the interrupt is pending").isTrue();
        assertThat(running).isCancelled();
        assertThat(blocker.hasEnded()).isTrue();
    }

    @Test
    void returnsATaskThatComesMeanwhile() throws Exception {
        HandCranked hands = new HandCranked();
        hands.onShutdownNow = hands::runAll;
        CancellableExecutor byHand = CancellableExecutor.wrap(hands);
        Future<String> task = byHand.submit(() -> "value");
        List<Runnable> notBegun = byHand.shutdownNow();
        assertThat(notBegun).singleElement().isSameAs(task);
        assertThat(task).isNotDone();
        assertThat(byHand.shutdownNow()).isEmpty();
        notBegun.get(0).run();
        assertThat(task.get()).isEqualTo("value");
    }

    @Test
    void cancelsATaskThatComesAfterwards() {
        HandCranked hands = new HandCranked();
        CancellableExecutor byHand = CancellableExecutor.wrap(hands);
        Future<String> task = byHand.submit(() -> "value");
        assertThat(byHand.shutdownNow()).isEmpty();
        assertThat(task).isNotDone();
        hands.runAll();
        assertThat(task).isCancelled();
    }

    @Test
    void goesOnWhereItMayNotBeShutDown() throws Exception {
        HandCranked hands = new HandCranked();
        hands.onShutdownNow = () -> {
            throw new UnsupportedOperationException("on purpose");
        };
        CancellableExecutor byHand = CancellableExecutor.wrap(hands);
        assertThatThrownBy(byHand::shutdownNow).isInstanceOf(UnsupportedOperationException.class);
        Future<String> task = byHand.submit(() -> "value");
        hands.runAll();
        assertThat(task.get()).isEqualTo("value");
    }

    @Test
    void theCommonPoolGoesOn() throws Exception {
        CancellableExecutor common = CancellableExecutor.wrap(ForkJoinPool.commonPool());
        common.close();
        common.shutdownNow();
        assertThat(common.submit(() -> "value").get()).isEqualTo("value");
    }

    /** What depends on one of them waits for the other. */
    @Test
    void cancelsAllBeforeAnythingThatDependsOnOneRuns() throws Exception {
        CancellableExecutor two = CancellableExecutor.wrap(Executors.newFixedThreadPool(2));
        Blocker other = new Blocker();
        CompletableFuture<String> first = two.supply(blocker);
        CompletableFuture<String> second = two.supply(other);
        CompletableFuture<String> dependent = first.handle(
                (value, thrown) -> second.handle((v, t) -> "both have ended").join());
        blocker.awaitBegin();
        other.awaitBegin();
        assertThat(TestThread.start(two::shutdownNow).result()).isEmpty();
        assertThat(dependent.get()).isEqualTo("both have ended");
    }

    @Test
    void whatWasHandedBackIsEndedByWhoeverRunsIt() {
        Blocker other = new Blocker();
        executor.execute(blocker::run);
        executor.submit(other);
        blocker.awaitBegin();
        List<Runnable> notBegun = executor.shutdownNow();
        CancellableExecutor next = CancellableExecutor.wrap(Executors.newSingleThreadExecutor());
        next.execute(notBegun.get(0));
        other.awaitBegin();
        next.shutdownNow();
        assertThat(other.awaitInterrupt()).isTrue();
    }

    /** Runs tasks when it is told to, and returns none. */
    private static final class HandCranked extends AbstractExecutorService {
        private final List<Runnable> waiting = new ArrayList<>();
        private Runnable onShutdownNow = () -> {};
        private boolean shut;

        void runAll() {
            waiting.forEach(Runnable::run);
            waiting.clear();
        }

        @Override
        public void execute(Runnable command) {
            waiting.add(command);
        }

        @Override
        public void shutdown() {
            shut = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            onShutdownNow.run();
            shut = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shut;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
