package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that have registered stop for a pause, all of them, and go on after it. */
@SuppressWarnings("try")
class SafepointCoordinatorTest {
    private static final PauseRequest SNAPSHOT = PauseRequest.of(StopReason.SNAPSHOT);

    private final SafepointCoordinator coordinator = SafepointCoordinator.create();

    @Test
    void hasNoWorkersAtFirst() {
        assertThat(coordinator.workerCount()).isZero();
    }

    @Test
    void pollsWithNothingPendingGoOn() {
        coordinator.poll();
        try (Worker worker = coordinator.registerWorker()) {
            coordinator.poll();
            assertThat(coordinator.workerCount()).isOne();
        }
        assertThat(coordinator.workerCount()).isZero();
    }

    @Test
    void pausesWithoutWorkers() throws Exception {
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            assertThat(pause.isHeld()).isTrue();
            assertThat(pause.stoppedThreads()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void stopsAllWorkersAndLetsThemGo(int count) throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(count)) {
            for (int i = 0; i < 20; i++) {
                List<Long> frozen;
                try (Pause pause = coordinator.pause(SNAPSHOT)) {
                    assertThat(pause.stoppedThreads()).isEqualTo(count);
                    frozen = workers.counts();
                    assertThat(workers.threads())
                            .allSatisfy(thread -> assertThat(thread.getState()).isNotEqualTo(Thread.State.TERMINATED));
                    assertThat(workers.counts()).isEqualTo(frozen);
                }
                workers.awaitProgress();
            }
        }
    }

    @Test
    void stopsTheSelectedAlone() throws Exception {
        try (GuestWorkers all = new GuestWorkers(coordinator).start(2)) {
            Thread chosen = all.threads().get(0);
            try (Pause pause = coordinator.pause(SNAPSHOT.withThreads(List.of(chosen)))) {
                assertThat(pause.stoppedThreads()).isOne();
                long stopped = all.counts().get(0);
                long running = all.counts().get(1);
                eventually(
                        "the other runs",
                        () -> coordinator.workerCount() == 2 && all.counts().get(1) > running);
                assertThat(all.counts().get(0)).isEqualTo(stopped);
            }
        }
    }

    @Test
    void aPauseRightAfterAnotherNeedNotWakeAnybody() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(4)) {
            for (int i = 0; i < 2_000; i++) {
                try (Pause pause = coordinator.pause(SNAPSHOT)) {
                    List<Long> frozen = workers.counts();
                    assertThat(pause.stoppedThreads()).isEqualTo(4);
                    assertThat(workers.counts()).isEqualTo(frozen);
                }
            }
            workers.awaitProgress();
        }
    }

    @Test
    void whatWasWrittenBeforeIsSeenInThePauseAndTheOtherWayRound() throws Exception {
        long[] shared = new long[2];
        TestThread<Object> guest = TestThread.start(() -> {
            try (Worker worker = coordinator.registerWorker()) {
                while (shared[1] >= 0) {
                    assertThat(shared[1]).isEqualTo(shared[0]);
                    shared[0]++;
                    shared[1]++;
                    coordinator.poll();
                }
            }
            return null;
        });
        eventually("it has registered", () -> coordinator.workerCount() == 1);
        for (int i = 0; i < 1_000; i++) {
            try (Pause pause = coordinator.pause(SNAPSHOT)) {
                assertThat(shared[0]).isEqualTo(shared[1]);
                shared[0] += 5;
                shared[1] += 5;
            }
        }
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            shared[1] = -1;
        }
        guest.result();
    }

    @Test
    void refusesAPauseWithinAPause() throws Exception {
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            assertThatThrownBy(() -> coordinator.pause(PauseRequest.of(StopReason.GARBAGE_COLLECTION)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("holds a pause already");
            assertThat(pause.isHeld()).isTrue();
        }
        coordinator.pause(SNAPSHOT).close();
    }

    @Test
    void tryPauseIsRefusedWhileThereIsAnother() throws Exception {
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            assertThat(TestThread.start(() -> coordinator.tryPause(SNAPSHOT)).result())
                    .isEmpty();
        }
        try (Pause pause = coordinator.tryPause(SNAPSHOT).orElseThrow()) {
            assertThat(pause.isHeld()).isTrue();
        }
    }

    @Test
    void whoComesTooLateForThePauseIsNamedAndNobodyStaysStopped() {
        CountDownLatch goOn = new CountDownLatch(1);
        TestThread<Object> deaf = TestThread.start(() -> {
            Thread.currentThread().setName("deaf");
            try (Worker worker = coordinator.registerWorker()) {
                goOn.await();
            }
            return null;
        });
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(2)) {
            eventually("all have registered", () -> coordinator.workerCount() == 3);
            deaf.awaitBlocked();
            assertThatThrownBy(() -> coordinator.pause(SNAPSHOT.withTimeLimit(Duration.ofMillis(50))))
                    .isInstanceOfSatisfying(PauseTimeoutException.class, e -> {
                        assertThat(e).hasMessageContaining("\"deaf\"").hasMessageContaining("snapshot");
                        assertThat(e.lateThreads()).containsOnlyKeys(deaf.thread());
                        assertThat(e.lateThreads().get(deaf.thread())).isNotEmpty();
                    });
            workers.awaitProgress();
        } finally {
            goOn.countDown();
        }
        deaf.result();
    }

    @Test
    void whoWaitsForAnotherPauseForTooLongIsTold() throws Exception {
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            Throwable thrown = TestThread.start(() -> coordinator.pause(SNAPSHOT.withTimeLimit(Duration.ofMillis(20))))
                    .thrown();
            assertThat(thrown).isInstanceOf(PauseTimeoutException.class).hasMessageContaining("another pause");
        }
    }

    @Test
    void aPauseEndsWithItsLease() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(2)) {
            Pause pause = coordinator.pause(SNAPSHOT.withLease(Duration.ofMillis(20)));
            eventually("the lease ends", () -> !pause.isHeld());
            workers.awaitProgress();
            Pause second = coordinator.pause(SNAPSHOT);
            pause.close();
            assertThat(second.isHeld())
                    .as("is not ended by the close of the first")
                    .isTrue();
            second.close();
        }
    }

    @Test
    void theMostUrgentComesFirst() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<TestThread<Object>> waiting = new ArrayList<>();
        Pause first = coordinator.pause(SNAPSHOT);
        for (StopReason reason :
                List.of(new StopReason("never mind", 0), new StopReason("later", 1), new StopReason("now", 100))) {
            waiting.add(TestThread.start(() -> {
                        try (Pause pause = coordinator.pause(PauseRequest.of(reason))) {
                            order.add(reason.name());
                        }
                        return null;
                    })
                    .awaitBlocked());
        }
        first.close();
        waiting.forEach(TestThread::result);
        assertThat(order).startsWith("now").hasSize(3);
    }

    @Test
    void whoRegistersDuringAPauseStops() throws Exception {
        boolean[] ran = {false};
        TestThread<Object> late;
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            late = TestThread.start(() -> {
                try (Worker worker = coordinator.registerWorker()) {
                    ran[0] = true;
                }
                return null;
            });
            eventually("it has come", () -> pause.stoppedThreads() == 1);
            late.awaitBlocked();
            assertThat(ran[0]).isFalse();
        }
        late.result();
        assertThat(ran[0]).isTrue();
    }

    @Test
    void whoIsOutsideIsNotWaitedForAndStopsWhenItComesBack() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        boolean[] ran = {false};
        TestThread<Object> guest = TestThread.start(() -> {
            try (Worker worker = coordinator.registerWorker()) {
                try (Worker.Outside outside = worker.outside()) {
                    back.await();
                }
                ran[0] = true;
            }
            return null;
        });
        guest.awaitBlocked();
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            assertThat(pause.stoppedThreads()).isZero();
            back.countDown();
            eventually("it has come back", () -> pause.stoppedThreads() == 1);
            guest.awaitBlocked();
            assertThat(ran[0]).isFalse();
        }
        guest.result();
        assertThat(ran[0]).isTrue();
    }

    @Test
    void whoDeregistersOrDiesIsNotWaitedFor() throws Exception {
        CountDownLatch waitedFor = new CountDownLatch(1);
        TestThread<Object> leaves = TestThread.start(() -> {
            Worker worker = coordinator.registerWorker();
            waitedFor.await();
            worker.close();
            return null;
        });
        TestThread<Object> dies = TestThread.start(() -> {
            coordinator.registerWorker();
            waitedFor.await();
            return null;
        });
        leaves.awaitBlocked();
        dies.awaitBlocked();
        TestThread<Object> requester = TestThread.start(() -> {
            coordinator.pause(SNAPSHOT).close();
            return null;
        });
        requester.awaitBlocked();
        waitedFor.countDown();
        requester.result();
        assertThat(coordinator.workerCount()).isZero();
        leaves.result();
        dies.result();
    }

    @Test
    void anInterruptAndAPermitToParkAreKept() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        TestThread<Object> guest = TestThread.start(() -> {
            try (Worker worker = coordinator.registerWorker()) {
                stopped.countDown();
                boolean interrupted = false;
                while (!interrupted) {
                    coordinator.poll();
                    interrupted = Thread.interrupted();
                }
                LockSupport.park(); // takes the permit that it was given while it stood still
            }
            return null;
        });
        stopped.await();
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            guest.awaitBlocked();
            guest.thread().interrupt();
            LockSupport.unpark(guest.thread());
            guest.awaitBlocked();
            assertThat(pause.isHeld()).isTrue();
        }
        guest.result();
    }

    @Test
    void theStackIsWholeAfterAPauseDeepInIt() throws Exception {
        TestThread<Integer> guest = TestThread.start(() -> {
            try (Worker worker = coordinator.registerWorker()) {
                return descend(1_000);
            }
        });
        eventually("it has registered or ended", () -> coordinator.workerCount() == 1);
        try (Pause pause = coordinator.pause(SNAPSHOT)) {
            assertThat(guest.thread().getStackTrace()).hasSizeGreaterThan(100);
        }
        deepEnough = true;
        assertThat(guest.result()).isEqualTo(1_000);
    }

    private volatile boolean deepEnough;

    private int descend(int frames) {
        if (frames > 0) {
            return 1 + descend(frames - 1);
        }
        while (!deepEnough) {
            coordinator.poll();
        }
        return 0;
    }

    @Test
    void manyRequestersTakeTurns() {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(3)) {
            int[] held = {0};
            List<TestThread<Object>> requesters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                requesters.add(TestThread.start(() -> {
                    for (int pauses = 0; pauses < 200; pauses++) {
                        try (Pause pause = coordinator.pause(SNAPSHOT)) {
                            assertThat(held[0]++).isZero();
                            assertThat(pause.stoppedThreads()).isEqualTo(3);
                            held[0]--;
                        }
                    }
                    return null;
                }));
            }
            requesters.forEach(TestThread::result);
            workers.awaitProgress();
        }
    }

    @Test
    void workersThatPauseAtTheSameTimeDoNotWaitForOneAnother() {
        List<TestThread<Object>> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            workers.add(TestThread.start(() -> {
                try (Worker worker = coordinator.registerWorker()) {
                    for (int pauses = 0; pauses < 100; pauses++) {
                        try (Pause pause = coordinator.pause(PauseRequest.of(StopReason.GARBAGE_COLLECTION))) {
                            assertThat(pause.isHeld()).isTrue();
                        }
                        coordinator.poll();
                    }
                }
                return null;
            }));
        }
        workers.forEach(TestThread::result);
    }

    @Test
    void aSelectionThatFailsIsTheRequestersProblem() throws Exception {
        try (GuestWorkers workers = new GuestWorkers(coordinator).start(2)) {
            assertThatThrownBy(() -> coordinator.pause(SNAPSHOT.withThreads(thread -> {
                        throw new UnsupportedOperationException("on purpose");
                    })))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("on purpose")
                    .hasCauseInstanceOf(UnsupportedOperationException.class);
            workers.awaitProgress();
            coordinator.pause(SNAPSHOT).close();
        }
    }

    @Test
    void aThreadIsAWorkerOnce() {
        try (Worker worker = coordinator.registerWorker()) {
            assertThatThrownBy(coordinator::registerWorker)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already");
        }
        coordinator.registerWorker().close();
    }

    @Test
    void aWorkerIsOutsideOnce() {
        try (Worker worker = coordinator.registerWorker()) {
            try (Worker.Outside outside = worker.outside()) {
                assertThatThrownBy(worker::outside).hasMessageContaining("outside already");
            }
            worker.outside().close();
        }
    }

    @Test
    void aWorkerIsForItsOwnThread() throws Exception {
        try (Worker worker = coordinator.registerWorker()) {
            assertThat(TestThread.start(() -> worker.outside()).thrown())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("thread that registered it");
        }
    }

    @Test
    void theGlobalOneNeedsTheAgent() {
        assertThatThrownBy(() -> SafepointCoordinator.global().pause(SNAPSHOT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-javaagent:checkrein-agent.jar");
        assertThatThrownBy(() -> SafepointCoordinator.global().registerWorker())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("create()");
    }

    @Test
    void refusesRequestsThatMakeNoSense() {
        assertThatThrownBy(() -> SNAPSHOT.withTimeLimit(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time limit must be positive");
        assertThatThrownBy(() -> SNAPSHOT.withLease(Duration.ofDays(1_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("292 years");
        assertThatThrownBy(() -> new StopReason("too urgent", 101))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 0 and 100");
        assertThat(SNAPSHOT.reason()).isEqualTo(StopReason.SNAPSHOT);
    }
}
