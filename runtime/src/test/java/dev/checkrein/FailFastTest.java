package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When one call of a scope fails, the others are cancelled, and then it cleans up. */
class FailFastTest {
    private final IllegalStateException failure = new IllegalStateException("for the test");
    private final Queue<Panic> panics = new ConcurrentLinkedQueue<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final CancellationScope scope = CancellationScope.named("work").withFailFast(() -> order.add("cleanup"));
    private FakePolls polls;

    @BeforeEach
    void install() {
        polls = new FakePolls();
        Checkrein.setPanicHook(panics::add);
    }

    @AfterEach
    void uninstall() {
        Checkrein.setPanicHook(null);
        polls.close();
    }

    private Object spin() {
        while (true) {
            polls.poll();
        }
    }

    private TestThread<?> startSpinning(CancellationScope in) {
        TestThread<?> worker = TestThread.start(() -> in.call(this::spin));
        eventually("it runs", () -> in.isRunning(worker.thread()));
        return worker;
    }

    private Object fail() {
        throw failure;
    }

    @Test
    void theOthersAreCancelledBecauseOfIt() {
        TestThread<?> first = startSpinning(scope);
        TestThread<?> second = startSpinning(scope);
        assertThatThrownBy(() -> scope.call(this::fail)).isSameAs(failure);
        for (TestThread<?> other : List.of(first, second)) {
            assertThat(other.thrown())
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("scope \"work\" was cancelled: thread \""
                            + Thread.currentThread().getName() + "\" has failed with java.lang.IllegalStateException")
                    .hasCause(failure);
            assertThat(other.thrown().getSuppressed()).singleElement().isInstanceOf(CancellationError.class);
        }
        assertThat(panics).containsExactly(new Panic("work", Thread.currentThread(), failure));
    }

    @Test
    void laterCallsAreRefusedBecauseOfIt() {
        assertThatThrownBy(() -> scope.call(this::fail)).isSameAs(failure);
        assertThatThrownBy(() -> scope.call(() -> 1))
                .isInstanceOf(CancellationException.class)
                .hasCause(failure);
    }

    @Test
    void aThreadOfTheScopesFailsAsAnyAndTheOthersEndQuietly() throws InterruptedException {
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (Runnable body : List.<Runnable>of(this::spin, this::spin, this::fail)) {
            Thread thread = scope.threadFactory(Thread::new).newThread(body);
            thread.setUncaughtExceptionHandler((failed, thrown) -> uncaught.add(thrown));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(uncaught).containsExactly(failure);
        assertThat(order).containsExactly("cleanup");
    }

    @Test
    void aFailureThatIsACancellationOfSomethingElseIsNotQuiet() throws InterruptedException {
        CancellationException ofSomethingElse = new CancellationException("a future");
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread thread = scope.threadFactory(Thread::new).newThread(() -> {
            throw ofSomethingElse;
        });
        thread.setUncaughtExceptionHandler((failed, thrown) -> uncaught.add(thrown));
        thread.start();
        thread.join();
        assertThat(uncaught).containsExactly(ofSomethingElse);
    }

    @Test
    void whatARequestHasLedToIsNoFailure() {
        CancellationScope limited = scope.withDeadline(Duration.ofMillis(10));
        CountDownLatch done = new CountDownLatch(1);
        assertThat(Ending.of(() -> limited.call(this::spin))).isInstanceOf(TimeoutException.class);
        assertThat(limited.token().isCancelled()).isFalse();
        CancellationScope outer = CancellationScope.named("outer");
        Throwable thrown = Ending.of(() -> outer.call(() -> scope.call(() -> {
            outer.cancel("enough");
            try {
                return spin();
            } finally {
                done.countDown();
            }
        })));
        assertThat(thrown).isInstanceOf(CancellationException.class).hasNoSuppressedExceptions();
        assertThat(done.getCount()).isZero();
        assertThat(scope.token().isCancelled()).isFalse();
        assertThat(panics).isEmpty();
        assertThat(order).isEmpty();
    }

    @Test
    void norIsTheEndOfItsThread() throws InterruptedException {
        CancellationScope retrying = scope.onCancelled(OnCancelled.retry(3));
        AtomicInteger runs = new AtomicInteger();
        Thread thread = new Thread(() -> Ending.of(() -> {
            retrying.call(() -> {
                runs.incrementAndGet();
                Checkrein.cancelThread(Thread.currentThread(), "enough");
                try {
                    return spin();
                } catch (CancellationError e) {
                    throw new IllegalStateException("wrapped", e);
                }
            });
        }));
        thread.start();
        thread.join();
        assertThat(runs).hasValue(1);
        assertThat(retrying.token().isCancelled()).isFalse();
        assertThat(panics).isEmpty();
    }

    @Test
    void aCancelIsNoFailure() {
        TestThread<?> worker = startSpinning(scope);
        scope.cancel("enough");
        assertThat(worker.thrown()).hasCauseInstanceOf(CancellationError.class);
        assertThat(order).isEmpty();
    }

    @Test
    void withoutItOthersGoOn() {
        CancellationScope lenient = CancellationScope.named("work");
        assertThatThrownBy(() -> lenient.call(this::fail)).isSameAs(failure);
        assertThat(lenient.token().isCancelled()).isFalse();
        assertThat(panics).isEmpty();
    }

    @Test
    void itCleansUpWhenTheLastHasEndedAndBeforeItsCallerLearns() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        TestThread<?> slow = TestThread.start(() -> {
            try {
                return scope.call(() -> {
                    while (mayEnd.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    order.add("ends");
                    return spin();
                });
            } catch (CancellationException e) {
                order.add("caller");
                throw e;
            }
        });
        eventually("it runs", () -> scope.isRunning(slow.thread()));
        assertThatThrownBy(() -> scope.call(this::fail)).isSameAs(failure);
        assertThat(order).isEmpty();
        mayEnd.countDown();
        assertThat(slow.thrown()).hasCause(failure);
        assertThat(order).containsExactly("ends", "cleanup", "caller");
    }

    @Test
    void itCleansUpOnceHoweverManyFailAtOnce() {
        for (int round = 0; round < 200; round++) {
            AtomicInteger running = new AtomicInteger();
            Queue<Integer> leftAtCleanup = new ConcurrentLinkedQueue<>();
            CancellationScope racing =
                    CancellationScope.named("work").withFailFast(() -> leftAtCleanup.add(running.get()));
            panics.clear();
            List<TestThread<?>> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean fails = i % 2 == 0;
                workers.add(TestThread.start(() -> racing.call(() -> {
                    running.incrementAndGet();
                    try {
                        return fails ? fail() : spin();
                    } finally {
                        running.decrementAndGet();
                    }
                })));
            }
            workers.forEach(TestThread::thrown);
            assertThat(leftAtCleanup).containsExactly(0);
            assertThat(panics).hasSize(1);
        }
    }

    @Test
    void noScopeAroundItEndsTheCleanup() {
        CancellationScope outer = CancellationScope.named("outer");
        List<Throwable> thrownInCleanup = new ArrayList<>();
        CancellationScope inner = CancellationScope.named("inner").withFailFast(() -> {
            outer.cancel("enough");
            thrownInCleanup.add(Ending.of(() -> polls.poll()));
        });
        Throwable thrown = Ending.of(() -> outer.call(() -> inner.call(this::fail)));
        assertThat(thrownInCleanup).containsExactly((Throwable) null);
        assertThat(thrown).isInstanceOf(CancellationException.class).hasMessageContaining("outer");
    }

    @Test
    void callbacksThatFailBreakNothing() {
        Checkrein.setPanicHook(panic -> {
            throw new IllegalStateException("hook");
        });
        CancellationScope failing = CancellationScope.named("work").withFailFast(() -> {
            throw new IllegalStateException("cleanup");
        });
        try (LoggedLines log = new LoggedLines()) {
            failing.token().onCancel(() -> {
                throw new IllegalStateException("action");
            });
            TestThread<?> other = startSpinning(failing);
            assertThatThrownBy(() -> failing.call(this::fail)).isSameAs(failure);
            assertThat(other.thrown()).hasCause(failure);
            assertThat(log.lines())
                    .containsExactlyInAnyOrder(
                            "what was to be done when scope \"work\" was cancelled has failed:"
                                    + " java.lang.IllegalStateException: action",
                            "cleanup of scope \"work\" has failed: java.lang.IllegalStateException: cleanup",
                            "the panic hook has failed: java.lang.IllegalStateException: hook");
        }
        Checkrein.setPanicHook(panics::add);
        assertThatThrownBy(() -> scope.call(this::fail)).isSameAs(failure);
        assertThat(panics).hasSize(1);
    }
}
