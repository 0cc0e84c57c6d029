package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Code that polls too seldom is found. */
@SuppressWarnings("try")
class PollGapsTest {
    private static final Duration TIME = Duration.ofMillis(600);

    /** Longer than a thread is off its processor on a busy machine: that counts as well. */
    private static final Duration SELDOM = Duration.ofMillis(300);

    private final SafepointCoordinator coordinator = SafepointCoordinator.create();
    private final AtomicBoolean end = new AtomicBoolean();

    @Test
    void theLongestIsNamedWithItsPlace() throws Exception {
        CountDownLatch registered = new CountDownLatch(1);
        TestThread<Object> slow = TestThread.start(() -> {
            Thread.currentThread().setName("slow one");
            try (Worker worker = coordinator.registerWorker()) {
                registered.countDown();
                while (!end.get()) {
                    pollSeldom();
                }
            }
            return null;
        });
        registered.await();
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(1)) {
            PollGaps gaps = coordinator.pollGaps(TIME);
            assertThat(gaps.stops()).isPositive();
            assertThat(gaps.gaps().count()).isEqualTo(2 * gaps.stops());
            assertThat(gaps.gaps().p50()).isLessThanOrEqualTo(gaps.gaps().max());
            PollGaps.Longest longest = gaps.longest().orElseThrow();
            assertThat(longest.gap()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(10));
            assertThat(longest.thread()).isEqualTo("slow one");
            assertThat(longest.site().get(0).getMethodName()).isEqualTo("pollSeldom");
            workers.awaitProgress();
        }
        end.set(true);
        slow.result();
    }

    private void pollSeldom() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < SELDOM.toNanos()) {
            Thread.onSpinWait();
        }
        coordinator.poll();
    }

    @Test
    void thereIsNoneWhereNobodyRuns() throws Exception {
        PollGaps gaps = coordinator.pollGaps(Duration.ofNanos(1));
        assertThat(gaps.stops()).isOne();
        assertThat(gaps.gaps().count()).isZero();
        assertThat(gaps.longest()).isEmpty();
    }

    @Test
    void doesNotWaitForPausesOfOthers() throws Exception {
        TestThread<Pause> other = TestThread.start(() -> coordinator.pause(PauseRequest.of(StopReason.DEBUG)));
        try (Pause pause = other.result()) {
            assertThat(coordinator.pollGaps(Duration.ofNanos(1)).stops()).isZero();
        }
    }

    @Test
    void whoDoesNotPollAtAllIsNamed() {
        try (GuestWorkers workers = new GuestWorkers(coordinator)) {
            Thread deaf = workers.startDeaf().thread();
            PauseRequest limited = PauseRequest.of(StopReason.DEBUG).withTimeLimit(Duration.ofMillis(20));
            assertThatThrownBy(() -> coordinator.pollGaps(limited, TIME))
                    .isInstanceOfSatisfying(
                            PauseTimeoutException.class,
                            e -> assertThat(e.lateThreads()).containsOnlyKeys(deaf));
        }
    }

    @Test
    void refusesATimeThatMakesNoSense() {
        assertThatThrownBy(() -> coordinator.pollGaps(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be positive");
    }
}
