package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How tasks of an executor end, where nothing polls. */
class CancellableExecutorTest {
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final long LIMIT_SECONDS = 20;

    private final AtomicReference<Throwable> uncaught = new AtomicReference<>();
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::worker);
    private final CancellableExecutor executor = CancellableExecutor.wrap(pool);
    private final Blocker blocker = new Blocker();

    private Thread worker(Runnable body) {
        Thread worker = new Thread(body, "worker");
        worker.setUncaughtExceptionHandler((thread, thrown) -> uncaught.set(thrown));
        return worker;
    }

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    @Test
    void cancelEndsATaskAndKeepsItsWorker() throws Exception {
        Future<String> task = executor.submit(blocker);
        Thread worker = blocker.awaitBegin();
        assertThat(task.cancel(true)).isTrue();
        assertThat(task).isDone().isCancelled();
        assertThatThrownBy(task::get).isExactlyInstanceOf(CancellationException.class);
        assertThat(blocker.awaitInterrupt()).isTrue();
        assertThat(undisturbedWorker()).isSameAs(worker);
    }

    /** It makes futures of its own, which are not of this executor. */
    @Test
    void aCompletionServiceThatSeesAnExecutorAloneHasDeadlinesToo() throws Exception {
        CompletionService<String> service = new ExecutorCompletionService<>(executor.withDeadline(SHORT)::execute);
        service.submit(blocker);
        assertThatThrownBy(() -> service.take().get()).isInstanceOf(ExecutionException.class);
        assertThat(blocker.awaitInterrupt()).isTrue();
    }

    @Test
    void cancelWithoutInterruptLetsATaskGoOn() throws Exception {
        Future<?> task = executor.submit(blocker::run);
        blocker.awaitBegin();
        assertThat(task.cancel(false)).isTrue();
        assertThat(task).isCancelled();
        blocker.letGo();
        assertThat(blocker.awaitInterrupt()).isFalse();
        undisturbedWorker();
    }

    @Test
    void cancelCanFollowOneWithoutInterrupt() {
        Future<String> task = executor.submit(blocker);
        blocker.awaitBegin();
        assertThat(task.cancel(false)).isTrue();
        assertThat(task.cancel(true)).as("the first was the first").isFalse();
        assertThat(blocker.awaitInterrupt()).isTrue();
    }

    @Test
    void aTaskThatIsCancelledBeforeItBeganNeverBegins() throws Exception {
        Blocker later = new Blocker();
        executor.submit(blocker);
        Future<String> cancelled = executor.submit(later);
        Future<String> cancelledMildly = executor.submit(later);
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(cancelledMildly.cancel(false)).isTrue();
        blocker.letGo();
        undisturbedWorker();
        assertThat(later.hasBegun()).isFalse();
    }

    @Test
    void cancelAfterTheEndDoesNothing() throws Exception {
        Future<String> task = executor.submit(() -> {}, "value");
        assertThat(task.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("value");
        assertThat(task.cancel(true)).isFalse();
        assertThat(task.get()).isEqualTo("value");
    }

    @Test
    void aDeadlineEndsATaskAndKeepsItsWorker() throws Exception {
        Future<String> task = executor.withName("render").withDeadline(SHORT).submit(blocker);
        Thread worker = blocker.awaitBegin();
        assertTimedOut(task, "render");
        assertThat(blocker.awaitInterrupt()).isTrue();
        assertThat(task).isNotCancelled();
        assertThat(undisturbedWorker()).isSameAs(worker);
    }

    @Test
    void aDeadlineDoesNotCountWhatIsSpentInTheQueue() throws Exception {
        Future<String> first = executor.withDeadline(SHORT.multipliedBy(40)).submit(blocker);
        // A fresh deadline of the same length: had it begun when the task was queued, it would have passed with the
        // first.
        Future<String> queued = executor.withDeadline(SHORT.multipliedBy(40)).submit(() -> "in time");
        assertTimedOut(first, "task");
        assertThat(queued.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("in time");
    }

    @Test
    void aDeadlineMustBePositive() {
        assertThatThrownBy(() -> executor.withDeadline(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void getWithATimeoutDoesNotCancel() throws Exception {
        Future<String> task = executor.submit(blocker);
        blocker.awaitBegin();
        assertThatThrownBy(() -> task.get(1, TimeUnit.MILLISECONDS)).isExactlyInstanceOf(TimeoutException.class);
        blocker.letGo();
        assertThat(task.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("let go");
    }

    @Test
    void whatATaskThrowsIsTheCause() {
        IllegalStateException thrown = new IllegalStateException("of the task");
        Future<Object> task = executor.submit(() -> {
            throw thrown;
        });
        assertThatThrownBy(() -> task.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .isExactlyInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(thrown);
    }

    @Test
    void theDeadlineOfACommandGoesToTheHandlerAndTheWorkerGoesOn() throws Exception {
        executor.withDeadline(SHORT).execute(blocker::run);
        Thread worker = blocker.awaitBegin();
        assertThat(undisturbedWorker()).isSameAs(worker);
        assertThat(uncaught.get()).isExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void whatACommandThrowsGoesToThePool() throws Exception {
        IllegalStateException thrown = new IllegalStateException("of the command");
        executor.execute(() -> {
            throw thrown;
        });
        TestThread.eventually("it is told", () -> uncaught.get() == thrown);
    }

    @Test
    void invokeAllCancelsWhatIsLeftOver() throws Exception {
        Blocker second = new Blocker();
        List<Future<String>> tasks = executor.invokeAll(
                List.<Callable<String>>of(() -> "quick", blocker, second), 50, TimeUnit.MILLISECONDS);
        assertThat(tasks.get(1)).isCancelled();
        assertThat(tasks.get(2)).isCancelled();
        undisturbedWorker();
        assertThat(blocker.hasBegun()).isEqualTo(blocker.hasEnded());
        assertThat(second.hasBegun()).isEqualTo(second.hasEnded());
    }

    @Test
    void invokeAnyCancelsWhatIsLeftOver() throws Exception {
        pool.setMaximumPoolSize(2);
        pool.setCorePoolSize(2);
        String first = executor.invokeAny(List.<Callable<String>>of(blocker, () -> {
            blocker.awaitBegin();
            return "first";
        }));
        assertThat(first).isEqualTo("first");
        assertThat(blocker.awaitInterrupt()).isTrue();
    }

    @Test
    void invokeAnyTellsADeadline() {
        assertThatThrownBy(() -> executor.withDeadline(SHORT).invokeAny(List.of(blocker)))
                .isExactlyInstanceOf(ExecutionException.class)
                .hasCauseExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void aCompletionServiceHasTheSameTasks() throws Exception {
        CompletionService<String> service = new ExecutorCompletionService<>(executor.withDeadline(SHORT));
        Future<String> task = service.submit(blocker);
        assertThat(service.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isSameAs(task);
        assertTimedOut(task, "task");
        Blocker cancelled = new Blocker();
        CompletionService<String> patient = new ExecutorCompletionService<>(executor);
        Future<String> patientTask = patient.submit(cancelled);
        cancelled.awaitBegin();
        patientTask.cancel(true);
        assertThat(cancelled.awaitInterrupt()).isTrue();
    }

    @Test
    void worksOverAnyExecutor() throws Exception {
        CancellableExecutor stealing = CancellableExecutor.wrap(Executors.newWorkStealingPool());
        Future<String> task = stealing.submit(blocker);
        blocker.awaitBegin();
        task.cancel(true);
        assertThat(blocker.awaitInterrupt()).isTrue();
        stealing.close();
        assertThat(stealing.isTerminated()).isTrue();
    }

    @Test
    void saysWhatItIs() {
        assertThat(executor.withName("render").withDeadline(SHORT))
                .asString()
                .startsWith("CancellableExecutor[render, deadline PT0.005S, java.util.concurrent.ThreadPoolExecutor@");
        assertThat(executor).asString().startsWith("CancellableExecutor[task, java.util");
    }

    private static void assertTimedOut(Future<?> task, String name) {
        ExecutionException failed =
                catchThrowableOfType(ExecutionException.class, () -> task.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertThat(failed).cause().isExactlyInstanceOf(TimeoutException.class);
        assertThat(failed.getCause())
                .hasMessageStartingWith("scope \"" + name + "\" was still busy at its deadline")
                .hasCauseExactlyInstanceOf(InterruptedException.class);
    }

    private Thread undisturbedWorker() throws Exception {
        return executor.submit(() -> {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    return Thread.currentThread();
                })
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
