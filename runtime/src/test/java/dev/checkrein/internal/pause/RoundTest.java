package dev.checkrein.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.TestThread;
import dev.checkrein.internal.bridge.PollCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those that stand still wake one another; but nobody stays behind because one does not run. */
class RoundTest {
    private final Round round = new Round("test", Thread.currentThread(), thread -> true, null, null);

    @Test
    void theyWakeOneAnother() {
        List<TestThread<Object>> standing = stand(7);
        round.release();
        standing.forEach(TestThread::result);
        assertThat(round.isPassedOn()).isFalse(); // the last one has taken it down
    }

    @Test
    void oneThatDoesNotRunHoldsUpNobody() {
        List<TestThread<Object>> standing = stand(7);
        suspend(1);
        round.release();
        standing.forEach(TestThread::result);
    }

    @Test
    void someThatDoNotRunHoldUpOthersForAWhileAtMost() {
        List<TestThread<Object>> standing = stand(7);
        suspend(Round.WOKEN_BY_EACH);
        round.release();
        for (TestThread<Object> each : standing) {
            each.awaitBlocked();
        }
        assertThat(round.isPassedOn()).isTrue();
        round.wakeLeftBehind();
        standing.forEach(TestThread::result);
    }

    /** The last to arrive are the first to be woken. These are as good as suspended: they do not wake up, and wake nobody. */
    private void suspend(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(round.arrive(new Arrival(new Thread(), PollCode.LOOP, round)))
                    .isTrue();
        }
    }

    private List<TestThread<Object>> stand(int count) {
        List<TestThread<Object>> standing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            standing.add(TestThread.start(() -> {
                        Arrival arrival = new Arrival(Thread.currentThread(), PollCode.LOOP, round);
                        assertThat(round.arrive(arrival)).isTrue();
                        arrival.await();
                        return null;
                    })
                    .awaitBlocked());
        }
        return standing;
    }
}
