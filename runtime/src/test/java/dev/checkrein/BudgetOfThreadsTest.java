package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which threads and tasks count for a call's budget. Code polls by hand. */
class BudgetOfThreadsTest {
    private static final Duration LITTLE = Duration.ofMillis(30);
    private static final String USED =
            "scope \"work\" has used 0\\.\\d{6} s of CPU time, more than its budget of 0\\.03 s";

    private final FakePolls polls = new FakePolls();
    private final CancellationScope scope = CancellationScope.named("work").withCpuBudget(LITTLE);
    private final AtomicReference<Throwable> uncaught = new AtomicReference<>();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void noFlagStaysUp() {
        pool.shutdownNow();
        polls.close();
        assertThat(polls.pending()).as("flag after everything has ended").isFalse();
    }

    @Test
    void threadsThatTheBodyStartsUseItUp() throws Exception {
        AtomicReference<Thread> helper = new AtomicReference<>();
        Throwable thrown = Ending.of(() -> scope.call(() -> {
            helper.set(start(scope));
            return blockForGood();
        }));
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasCauseExactlyInstanceOf(InterruptedException.class);
        assertThat(thrown.getMessage()).matches(USED);
        helper.get().join();
        assertThat(uncaught.get()).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void threadsOfAnotherScopeThatAreStartedInsideDoToo() throws Exception {
        AtomicReference<Thread> helper = new AtomicReference<>();
        Throwable thrown = Ending.of(() -> scope.call(() -> {
            helper.set(start(CancellationScope.named("helpers")));
            return blockForGood();
        }));
        assertThat(thrown.getMessage()).matches(USED);
        helper.get().join();
        assertThat(uncaught.get()).hasMessage(thrown.getMessage());
    }

    @Test
    void aThreadThatOutlivesTheCallIsStillEnded() throws Exception {
        Thread helper = scope.call(() -> start(scope));
        helper.join();
        assertThat(uncaught.get()).isExactlyInstanceOf(CancellationException.class);
        assertThat(uncaught.get().getMessage()).matches(USED);
    }

    @Test
    void aThreadThatIsStartedOutsideHasABudgetOfItsOwn() throws Exception {
        Thread helper = start(scope);
        helper.join();
        assertThat(uncaught.get().getMessage()).matches(USED);
    }

    @Test
    void tasksThatTheBodySubmitsUseItUp() throws Exception {
        CancellableExecutor executor = CancellableExecutor.wrap(pool);
        AtomicReference<Future<?>> task = new AtomicReference<>();
        Throwable thrown = Ending.of(() -> scope.call(() -> {
            task.set(executor.submit(this::burn));
            return blockForGood();
        }));
        assertThat(thrown.getMessage()).matches(USED);
        assertThat(Ending.of(() -> task.get().get()))
                .isExactlyInstanceOf(ExecutionException.class)
                .hasCauseExactlyInstanceOf(CancellationException.class);
        assertThat(executor.submit(() -> "next").get()).isEqualTo("next");
    }

    @Test
    void eachTaskOfAnExecutorHasABudgetOfItsOwn() throws Exception {
        CancellableExecutor executor = CancellableExecutor.wrap(pool)
                .withName("work")
                .withCpuBudget(LITTLE)
                .withAllocationBudget(1L << 40);
        assertThat(executor.toString()).contains("CPU budget PT0.03S, allocation budget 1099511627776 bytes");
        for (Future<?> task : List.of(executor.submit(this::burn), executor.submit(this::burn))) {
            Throwable thrown = Ending.of(task::get);
            assertThat(thrown).isExactlyInstanceOf(ExecutionException.class);
            assertThat(thrown.getCause().getMessage()).matches(USED);
        }
    }

    @Test
    void aCommandThatUsesItUpTellsTheHandlerAndLeavesTheWorker() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        ExecutorService one = Executors.newSingleThreadExecutor(body -> {
            Thread worker = new Thread(body);
            worker.setUncaughtExceptionHandler((thread, thrown) -> {
                uncaught.set(thrown);
                told.countDown();
            });
            return worker;
        });
        try (CancellableExecutor executor =
                CancellableExecutor.wrap(one).withName("work").withCpuBudget(LITTLE)) {
            Thread worker = executor.submit(Thread::currentThread).get();
            executor.execute(this::burn);
            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(uncaught.get().getMessage()).matches(USED);
            assertThat(executor.submit(Thread::currentThread).get()).isSameAs(worker);
        }
    }

    /** By the caller itself, as a pool may do that has no room. */
    @Test
    void aTaskThatTheCallerRunsIsNotCountedTwice() throws Exception {
        CancellationScope limited = CancellationScope.named("work").withCpuBudget(Duration.ofMillis(300));
        try (CancellableExecutor executor = CancellableExecutor.wrap(new CallerRuns())) {
            String value = limited.call(() -> {
                executor.submit(() -> Burning.cpu(200)).get();
                polls.pollSlowly();
                return "done";
            });
            assertThat(value).isEqualTo("done");
        }
    }

    private Object burn() {
        return Burning.forGood(polls::poll);
    }

    private Thread start(CancellationScope of) {
        Thread thread = of.threadFactory(Thread::new).newThread(this::burn);
        thread.setUncaughtExceptionHandler((dead, thrown) -> uncaught.set(thrown));
        thread.start();
        return thread;
    }

    private static Object blockForGood() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }

    private static final class CallerRuns extends AbstractExecutorService {
        private volatile boolean shutDown;

        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {
            shutDown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutDown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutDown;
        }

        @Override
        public boolean isTerminated() {
            return shutDown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
