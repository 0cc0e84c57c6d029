package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What pauses took is told, by reason. */
@SuppressWarnings("try")
class PauseStatsTest {
    private static final PauseRequest SNAPSHOT = PauseRequest.of(StopReason.SNAPSHOT);
    private static final PauseRequest COLLECTION = PauseRequest.of(StopReason.GARBAGE_COLLECTION);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final SafepointCoordinator coordinator = SafepointCoordinator.create();

    @Test
    void thereAreNoneBeforeTheFirstPause() {
        assertThat(coordinator.stats().reasons()).isEmpty();
        assertThat(coordinator.stats().stragglers()).isEmpty();
        coordinator.resetStats();
        assertThat(coordinator.stats().reasons()).isEmpty();
    }

    @Test
    void pausesAreCountedByReason() throws Exception {
        for (int i = 0; i < 5; i++) {
            coordinator.pause(SNAPSHOT).close();
        }
        coordinator.pause(COLLECTION).close();
        assertThat(coordinator.stats().reasons())
                .extracting(PauseStats.ByReason::reason)
                .containsExactly("snapshot", "garbage collection");
        assertThat(of("snapshot").count()).isEqualTo(5);
        assertThat(of("snapshot").timeouts()).isZero();
        assertThat(of("snapshot").lastArrival()).isEmpty();
        assertThat(of("garbage collection").count()).isEqualTo(1);
    }

    @Test
    void aHeldPauseIsCountedAtOnceAndItsLengthAtItsEnd() throws Exception {
        Pause pause = coordinator.pause(SNAPSHOT);
        assertThat(of("snapshot").count()).isOne();
        assertThat(of("snapshot").held().count()).isZero();
        long start = System.nanoTime();
        while (System.nanoTime() - start < SHORT.toNanos()) {
            Thread.onSpinWait();
        }
        pause.close();
        pause.close();
        assertThat(of("snapshot").held().count()).isOne();
        assertThat(of("snapshot").held().max())
                .isGreaterThanOrEqualTo(SHORT.multipliedBy(98).dividedBy(100));
    }

    @Test
    void timesAreInOrder() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(2)) {
            for (int i = 0; i < 50; i++) {
                coordinator.pause(SNAPSHOT).close();
                workers.awaitProgress();
            }
        }
        PauseStats.ByReason all = of("snapshot");
        assertThat(all.resume().count()).as("all ran before the next").isEqualTo(50);
        for (PauseStats.Durations each : List.of(all.timeToSafepoint(), all.held(), all.resume())) {
            assertThat(each.count()).isEqualTo(50);
            assertThat(each.p50()).isPositive().isLessThanOrEqualTo(each.p90());
            assertThat(each.p90()).isLessThanOrEqualTo(each.p99());
            assertThat(each.p99()).isLessThanOrEqualTo(each.max());
            assertThat(each.mean()).isPositive().isLessThanOrEqualTo(each.max());
        }
    }

    @Test
    void theLastToArriveIsNamedWithItsPlace() throws Exception {
        CountDownLatch registered = new CountDownLatch(1);
        AtomicBoolean asked = new AtomicBoolean();
        TestThread<Object> slow = TestThread.start(() -> {
            Thread.currentThread().setName("slow one");
            try (Worker worker = coordinator.registerWorker()) {
                registered.countDown();
                while (!asked.get()) {
                    Thread.onSpinWait();
                }
                long start = System.nanoTime();
                while (System.nanoTime() - start < SHORT.toNanos()) {
                    Thread.onSpinWait();
                }
                coordinator.poll();
            }
            return null;
        });
        registered.await();
        coordinator
                .pause(SNAPSHOT.withThreads(thread -> {
                    asked.set(true); // now it is waited for
                    return true;
                }))
                .close();
        slow.result();
        PauseStats.LastArrival last = of("snapshot").lastArrival().orElseThrow();
        assertThat(last.thread()).isEqualTo("slow one");
        assertThat(last.poll()).isEqualTo("loop");
        assertThat(last.after()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(10));
        assertThat(last.site().get(0).getClassName()).isEqualTo(PauseStatsTest.class.getName());
    }

    @Test
    void aPauseThatDoesNotComeAboutIsATimeout() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator)) {
            workers.startDeaf();
            assertThatThrownBy(() -> coordinator.pause(SNAPSHOT.withTimeLimit(SHORT)))
                    .isInstanceOf(PauseTimeoutException.class);
        }
        assertThat(of("snapshot").timeouts()).isOne();
        assertThat(of("snapshot").count()).isZero();
    }

    @Test
    void aRefusedPauseIsNone() throws Exception {
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            TestThread<Object> refused = TestThread.start(() -> coordinator.tryPause(COLLECTION));
            assertThat(refused.result()).isEqualTo(Optional.empty());
        }
        assertThat(coordinator.stats().reasons())
                .extracting(PauseStats.ByReason::reason)
                .containsExactly("snapshot");
    }

    @Test
    void theOneThatIsNearlyAlwaysLastIsAStraggler() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        AtomicBoolean polling = new AtomicBoolean();
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(3)) {
            TestThread<Object> straggler = TestThread.start(() -> {
                Thread.currentThread().setName("straggler");
                try (Worker worker = coordinator.registerWorker()) {
                    while (!end.get()) {
                        if (workers.threads().stream().allMatch(each -> each.getState() == Thread.State.WAITING)) {
                            polling.set(true);
                            coordinator.poll();
                            polling.set(false);
                        }
                    }
                }
                return null;
            });
            eventually("all have registered", () -> coordinator.workerCount() == 4);
            for (int i = 0; i < 60; i++) {
                coordinator.pause(SNAPSHOT).close();
                workers.awaitProgress();
                eventually("the straggler runs", () -> !polling.get());
            }
            end.set(true);
            straggler.result();
        }
        assertThat(coordinator.stats().stragglers()).hasSize(1);
        PauseStats.Straggler found = coordinator.stats().stragglers().get(0);
        assertThat(found.thread()).isEqualTo("straggler");
        // In one or the other it may have polled a moment before; then one of the workers is the last, whose names are
        // all the same.
        assertThat(found.pauses()).isBetween(50L, 60L);
        assertThat(found.last()).isBetween(50L, found.pauses());
    }

    @Test
    void resetForgetsAll() throws Exception {
        coordinator.pause(SNAPSHOT).close();
        coordinator.resetStats();
        assertThat(coordinator.stats().reasons()).isEmpty();
        coordinator.pause(SNAPSHOT).close();
        assertThat(of("snapshot").count()).isOne();
    }

    @Test
    void tooManyReasonsAreCountedTogether() throws Exception {
        for (int i = 0; i < 130; i++) {
            coordinator.pause(PauseRequest.of(new StopReason("reason " + i, 1))).close();
        }
        assertThat(coordinator.stats().reasons()).hasSize(101);
        assertThat(of("others").count()).isEqualTo(30);
    }

    private PauseStats.ByReason of(String reason) {
        return coordinator.stats().reasons().stream()
                .filter(each -> each.reason().equals(reason))
                .findFirst()
                .orElseThrow();
    }
}
