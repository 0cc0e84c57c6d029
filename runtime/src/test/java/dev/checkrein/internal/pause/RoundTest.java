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
        assertThat(round.hasTree()).isFalse(); // the last one has taken it down
    }

    @Test
    void oneThatDoesNotRunHoldsUpOthersForAWhileAtMost() {
        List<TestThread<Object>> standing = stand(7);
        Thread suspended = new Thread(); // as good as: it does not wake up, and wakes nobody
        assertThat(round.arrive(new Arrival(suspended, PollCode.LOOP, round)))
                .isTrue(); // the last is the root of the tree
        round.release();
        for (TestThread<Object> each : standing) {
            each.awaitBlocked();
        }
        assertThat(round.hasTree()).isTrue();
        round.wakeLeftBehind();
        standing.forEach(TestThread::result);
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
