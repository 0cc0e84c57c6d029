package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
        Worker<?> worker = Worker.start(() -> scope.call(() -> {
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
        Worker<?> worker = Worker.start(() -> timed.call(() -> {
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
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        Worker<?> worker = Worker.start(() -> scope.call(() -> {
            running.countDown();
            while (true) {
                interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
                polls.poll();
            }
        }));
        Worker.eventually("the body runs", () -> running.getCount() == 0);
        scope.cancel("enough");
        assertThat(worker.thrown()).hasCauseExactlyInstanceOf(CancellationError.class);
        assertThat(interrupted).isFalse();
    }
}
