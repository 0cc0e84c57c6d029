package dev.checkrein.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.checkrein.TestThread;
import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.PauseOrder;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A lease may end at any time: also before whoever asked for the pause has got it. The timer's part is played by hand. */
class LeaseTest {
    private static final long LEASE = 7;
    private static final long NO_LEASE = PauseOrder.UNLIMITED;

    private final CountDownLatch otherHolds = new CountDownLatch(1);
    private final CountDownLatch otherMayGoOn = new CountDownLatch(1);
    private final Coordinator coordinator =
            new Coordinator(new Registered(), PollHold.NONE, (action, nanos) -> timer(action, nanos));
    private TestThread<Throwable> other;

    private Runnable timer(Runnable action, long nanos) {
        if (nanos == LEASE) {
            action.run();
            other = TestThread.start(this::pauseAndPauseWithin);
            try {
                otherHolds.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return () -> {};
    }

    private Throwable pauseAndPauseWithin() throws Exception {
        HeldPause pause = coordinator.pause(order(NO_LEASE, false));
        otherHolds.countDown();
        otherMayGoOn.await();
        Throwable refusal = catchThrowable(() -> coordinator.pause(order(NO_LEASE, false)));
        assertThat(pause.isHeld()).isTrue();
        pause.close();
        return refusal;
    }

    private static PauseOrder order(long lease, boolean orRefuse) {
        return new PauseOrder("test", 0, Duration.ofSeconds(20).toNanos(), lease, thread -> true, orRefuse);
    }

    @Test
    void oneThatEndsAtOnceLeavesTheTurnToTheNext() throws Exception {
        HeldPause ended = coordinator.pause(order(LEASE, false));
        assertThat(ended.isHeld()).isFalse();
        ended.close();
        assertThat(coordinator.pause(order(NO_LEASE, true))).isNull(); // it is the other's turn
        otherMayGoOn.countDown();
        assertThat(other.result())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds a pause already");
        coordinator.pause(order(NO_LEASE, true)).close();
    }
}
