package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where code polls, an interrupt is for threads that cannot. */
class BlockedThreadTest {
    private final FakePolls polls = new FakePolls();
    private final CancellationScope scope = CancellationScope.named("work");

    @AfterEach
    void uninstall() {
        polls.close();
    }

    @Test
    void isWokenAndThenThrownAt() {
        TestThread<?> worker = TestThread.start(() -> scope.call(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException swallowed) {
                        polls.poll();
                    }
                    return null;
                }))
                .awaitBlocked();
        scope.cancel("enough");
        assertThat(worker.thrown())
                .isExactlyInstanceOf(CancellationException.class)
                .hasCauseExactlyInstanceOf(CancellationError.class);
    }

    @Test
    void isWokenWheneverItBlocksAgain() {
        CancellationScope timed = scope.withDeadline(Duration.ofMillis(5));
        TestThread<?> worker = TestThread.start(() -> timed.call(() -> {
            for (int i = 0; i < 5; i++) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException swallowed) {
                    // And on to the next.
                }
            }
            return "was woken five times";
        }));
        assertThat(worker.thrown()).isExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void isNotInterruptedWhileItRuns() {
        assertThat(Ending.of(() -> scope.call(() -> {
                    scope.cancel("enough");
                    assertThatThrownBy(polls::poll).isInstanceOf(CancellationError.class);
                    // Whoever wakes blocked threads comes after 1, 3, 7, 15, … ms, before this one on the same thread.
                    CancellationScope meanwhile =
                            CancellationScope.named("meanwhile").withDeadline(Duration.ofMillis(40));
                    TestThread<?> clock = TestThread.start(() -> meanwhile.call(BlockedThreadTest::blockForGood));
                    while (clock.thread().isAlive()) {
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    }
                    assertThat(clock.thrown()).isExactlyInstanceOf(TimeoutException.class);
                    return null;
                })))
                .isExactlyInstanceOf(CancellationException.class);
    }

    private static Object blockForGood() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }
}
