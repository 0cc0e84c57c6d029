package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Where nothing polls, a cancel interrupts. */
class CancelWithoutAgentTest {
    private final CancellationScope scope = CancellationScope.named("work");

    @Test
    void endsABlockedCallFromAnotherThread() {
        TestThread<?> worker = blockedCall(scope);
        scope.cancel("no longer needed");
        assertThat(worker.thrown())
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"work\" was cancelled: no longer needed")
                .hasCauseExactlyInstanceOf(InterruptedException.class);
    }

    @Test
    void endsEveryCallInTheScopeAndNoOther() {
        CancellationScope other = CancellationScope.named("other");
        TestThread<?> untouched = blockedCall(other);
        TestThread<?> first = blockedCall(scope);
        TestThread<?> second = blockedCall(scope);
        scope.cancel("all of them");
        assertThat(first.thrown()).isExactlyInstanceOf(CancellationException.class);
        assertThat(second.thrown()).isExactlyInstanceOf(CancellationException.class);
        assertThat(untouched.thread().isAlive()).isTrue();
        other.cancel("clean up");
        assertThat(untouched.thrown()).hasMessage("scope \"other\" was cancelled: clean up");
    }

    @Test
    void isForGood() {
        scope.cancel("closed");
        AtomicBoolean ran = new AtomicBoolean();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> scope.call(() -> ran.getAndSet(true)))
                    .isExactlyInstanceOf(CancellationException.class)
                    .hasMessage("scope \"work\" was cancelled: closed");
        }
        assertThatThrownBy(() -> scope.run(() -> ran.set(true))).isExactlyInstanceOf(CancellationException.class);
        assertThat(ran).isFalse();
    }

    @Test
    void theFirstReasonStays() {
        scope.cancel("first");
        scope.cancel("second");
        assertThatThrownBy(() -> scope.call(() -> null)).hasMessageEndingWith("cancelled: first");
    }

    @Test
    void theFirstRequestWinsOverADeadlineThatPassesLater() {
        CancellationScope timed = scope.withDeadline(Duration.ofMillis(20));
        TestThread<?> worker = TestThread.start(() -> timed.call(() -> {
            timed.cancel("first");
            CancellationScope longer = CancellationScope.named("longer").withDeadline(Duration.ofMillis(40));
            assertThat(TestThread.start(() -> longer.call(CancelWithoutAgentTest::blockForGood))
                            .thrown())
                    .isInstanceOf(TimeoutException.class);
            return null;
        }));
        assertThat(worker.thrown()).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void theFirstRequestWinsOverACancelThatComesLater() {
        CancellationScope timed = scope.withDeadline(Duration.ofMillis(5));
        TestThread<?> worker = TestThread.start(() -> timed.call(() -> {
            TestThread.eventually("the deadline passes", () -> timed.token().isCancelled());
            timed.cancel("second");
            return null;
        }));
        assertThat(worker.thrown()).isExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void mayComeFromTheBodyItself() {
        assertThatThrownBy(() -> scope.call(() -> {
                    scope.cancel("enough");
                    return "value";
                }))
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessageEndingWith("enough");
        assertThat(Thread.interrupted()).as("interrupt left behind").isFalse();
    }

    @Test
    void doesNotTouchABodyThatEndedBefore() throws Exception {
        assertThat(scope.call(() -> "value")).isEqualTo("value");
        scope.cancel("too late");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void keepsWhatTheBodyThrewAsTheCause() {
        IllegalStateException thrown = new IllegalStateException("halfway");
        Throwable seen = Ending.of(() -> scope.call(() -> {
            scope.cancel("enough");
            throw thrown;
        }));
        assertThat(seen).isExactlyInstanceOf(CancellationException.class);
        assertThat(seen.getCause()).isSameAs(thrown);
    }

    private static TestThread<?> blockedCall(CancellationScope scope) {
        return TestThread.start(() -> scope.call(CancelWithoutAgentTest::blockForGood))
                .awaitBlocked();
    }

    private static Object blockForGood() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }
}
