package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An action is run once for each thread, by itself if it runs. */
@SuppressWarnings("try")
class HandshakeTest {
    private static final PauseRequest REQUEST = PauseRequest.of(StopReason.DEBUG);

    private final SafepointCoordinator coordinator = SafepointCoordinator.create();

    /** For whom it has been done, by whom. */
    private final Map<Thread, Thread> done = new ConcurrentHashMap<>();

    private final AtomicInteger times = new AtomicInteger();

    private void act(Thread thread) {
        times.incrementAndGet();
        done.put(thread, Thread.currentThread());
    }

    @Test
    void isDoneForNobodyIfThereIsNobody() throws Exception {
        assertThat(coordinator.handshake(REQUEST, this::act)).isZero();
        assertThat(done).isEmpty();
    }

    @Test
    void threadsThatRunDoItThemselves() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(4)) {
            for (int i = 1; i <= 500; i++) {
                done.clear();
                assertThat(coordinator.handshake(REQUEST, this::act)).isEqualTo(4);
                assertThat(times).hasValue(4 * i);
                assertThat(done).containsOnlyKeys(workers.threads());
                assertThat(done).allSatisfy((whom, by) -> assertThat(by).isSameAs(whom));
            }
            workers.awaitProgress();
        }
    }

    @Test
    void theSelectedAlone() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(3)) {
            Thread chosen = workers.threads().get(1);
            assertThat(coordinator.handshake(REQUEST.withThreads(List.of(chosen)), this::act))
                    .isOne();
            assertThat(done).containsOnlyKeys(chosen);
        }
    }

    @Test
    void forAThreadThatIsOutsideTheRequesterDoesIt() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        AtomicBoolean outside = new AtomicBoolean();
        TestThread<Object> thread = TestThread.start(() -> {
            try (Worker worker = coordinator.registerWorker()) {
                try (Worker.Outside waiting = worker.outside()) {
                    outside.set(true);
                    back.await();
                }
            }
            return null;
        });
        eventually("it is outside", outside::get);
        assertThat(coordinator.handshake(REQUEST, this::act)).isOne();
        assertThat(done).containsExactly(Map.entry(thread.thread(), Thread.currentThread()));
        back.countDown();
        thread.result();
    }

    /** Back and forth all the time: it is done once, and while the requester does it the thread is not back. */
    @Test
    void aThreadThatComesBackMeanwhileDoesNotDoItTwice() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        AtomicBoolean inside = new AtomicBoolean();
        AtomicInteger overlaps = new AtomicInteger();
        TestThread<Object> thread = TestThread.start(() -> {
            try (Worker worker = coordinator.registerWorker()) {
                while (!end.get()) {
                    try (Worker.Outside waiting = worker.outside()) {
                        Thread.onSpinWait();
                    }
                    inside.set(true);
                    for (int i = 0; i < 300; i++) {
                        Thread.onSpinWait();
                    }
                    inside.set(false);
                    coordinator.poll();
                }
            }
            return null;
        });
        eventually("it has registered", () -> coordinator.workerCount() == 1);
        for (int i = 1; i <= 5_000; i++) {
            coordinator.handshake(REQUEST, whom -> {
                act(whom);
                for (int look = 0; whom != Thread.currentThread() && look < 100; look++) {
                    overlaps.addAndGet(inside.get() ? 1 : 0);
                }
            });
            assertThat(times).hasValue(i);
        }
        end.set(true);
        thread.result();
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void whatTheActionThrowsReachesTheRequesterAndNobodyElse() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(2)) {
            RuntimeException failure = new RuntimeException("as expected");
            assertThatThrownBy(() -> coordinator.handshake(REQUEST, thread -> {
                        act(thread);
                        throw failure;
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCause(failure);
            assertThat(done).hasSize(2);
            workers.awaitProgress();
            assertThat(coordinator.handshake(REQUEST, this::act)).isEqualTo(2);
        }
    }

    @Test
    void aThreadThatDoesNotPollIsLate() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator)) {
            Thread deaf = workers.startDeaf().thread();
            assertThatThrownBy(() -> coordinator.handshake(REQUEST.withTimeLimit(Duration.ofMillis(20)), this::act))
                    .isInstanceOfSatisfying(
                            PauseTimeoutException.class,
                            e -> assertThat(e.lateThreads()).containsOnlyKeys(deaf));
        }
        assertThat(done).isEmpty();
    }

    @Test
    void pausesAndHandshakesTakeTurns() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(2)) {
            TestThread<Object> other = TestThread.start(() -> {
                for (int i = 0; i < 300; i++) {
                    coordinator.handshake(REQUEST, this::act);
                }
                return null;
            });
            for (int i = 0; i < 300; i++) {
                try (Pause pause = coordinator.pause(REQUEST)) {
                    int before = times.get();
                    List<Long> frozen = workers.counts();
                    assertThat(workers.counts()).isEqualTo(frozen);
                    assertThat(times).hasValue(before);
                }
            }
            other.result();
            assertThat(times).hasValue(600);
        }
    }

    @Test
    void isRefusedWithinAPause() throws Exception {
        try (Pause pause = coordinator.pause(REQUEST)) {
            assertThatThrownBy(() -> coordinator.handshake(REQUEST, this::act))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anActionMayPollButNotPause() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(2)) {
            assertThatThrownBy(() -> coordinator.handshake(REQUEST, thread -> {
                        coordinator.poll();
                        act(thread);
                        try {
                            coordinator.pause(REQUEST).close();
                        } catch (PauseTimeoutException e) {
                            throw new AssertionError(e);
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasStackTraceContaining("within another of the same coordinator");
            assertThat(done).hasSize(2);
            workers.awaitProgress();
        }
    }

    /** The action of one is still at work when all others are done and nobody runs. */
    @Test
    void returnsWhenAllActionsHaveEnded() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(2)) {
            for (int i = 0; i < 20; i++) {
                AtomicInteger ended = new AtomicInteger();
                coordinator.handshake(REQUEST, thread -> {
                    long start = System.nanoTime();
                    while (System.nanoTime() - start < 2_000_000) {
                        Thread.onSpinWait();
                    }
                    ended.incrementAndGet();
                });
                assertThat(ended).hasValue(2);
            }
            workers.awaitProgress();
        }
    }

    @Test
    void aFailingPredicateHasItDoneForNobody() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(2)) {
            PauseRequest failing = REQUEST.withThreads(thread -> {
                throw new IllegalArgumentException("as expected");
            });
            assertThatThrownBy(() -> coordinator.handshake(failing, this::act))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("what selects the threads to be paused has failed");
            workers.awaitProgress();
            assertThat(done).isEmpty();
        }
    }
}
