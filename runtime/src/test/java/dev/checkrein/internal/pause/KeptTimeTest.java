package dev.checkrein.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.checkrein.TestThread;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.bridge.ThreadsLateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Nobody stays stopped because the requester hangs where it looks at threads. The JVM's and the timer's parts are played by hand. */
class KeptTimeTest {
    private static final PauseOrder ORDER =
            new PauseOrder("test", 0, Duration.ofSeconds(20).toNanos(), PauseOrder.UNLIMITED, thread -> true, false);

    private final LinkedBlockingQueue<Runnable> kept = new LinkedBlockingQueue<>();
    private volatile boolean calledOff;
    private final HangingPopulation population = new HangingPopulation();
    private final Coordinator coordinator = new Coordinator(population, PollHold.NONE, (action, nanos) -> {
        assertThat(nanos).isGreaterThan(0);
        kept.add(action);
        return () -> calledOff = true;
    });

    private static final class HangingPopulation implements Population {
        private final CountDownLatch answer = new CountDownLatch(1);
        private volatile boolean hanging;

        @Override
        public void prepare() {}

        @Override
        public List<Thread> running(Round round, int turn) {
            if (turn == 1) {
                hanging = true;
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return turn == 0 ? List.of(Thread.currentThread()) : List.of();
        }

        @Override
        public List<Thread> all() {
            return List.of();
        }

        @Override
        public void hurry(Round round, List<Thread> running, int turn) {}

        @Override
        public boolean containsCaller() {
            return true;
        }

        @Override
        public void callerWaits(boolean value) {}

        @Override
        public void over() {}
    }

    @Test
    void whoHasStoppedGoesOnWhenTimeIsUpAndTheRequesterIsTold() throws Exception {
        TestThread<Throwable> requester = TestThread.start(() -> catchThrowable(() -> coordinator.pause(ORDER)));
        TestThread.eventually("it hangs", () -> population.hanging);
        TestThread<Object> worker = TestThread.start(() -> {
                    coordinator.atPoll(PollCode.LOOP);
                    return null;
                })
                .awaitBlocked();

        kept.take().run();
        worker.result();
        assertThat(coordinator.isPending()).isFalse();

        population.answer.countDown();
        assertThat(requester.result())
                .isInstanceOf(ThreadsLateException.class)
                .hasMessageContaining("the JVM took too long");
    }

    @Test
    void whatHoldsIsNotGivenUp() throws Exception {
        population.answer.countDown();
        try (var pause = coordinator.pause(ORDER)) {
            assertThat(calledOff).isTrue();
            kept.take().run(); // which came too late to be called off
            assertThat(pause.isHeld()).isTrue();
            assertThat(coordinator.isPending()).isTrue();
        }
        assertThat(coordinator.isPending()).isFalse();
    }
}
