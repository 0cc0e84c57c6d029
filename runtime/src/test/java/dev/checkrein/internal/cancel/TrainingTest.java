package dev.checkrein.internal.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The flag is set for an instant again and again for a minute, and never taken from a pause. */
class TrainingTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final List<Boolean> writes = new ArrayList<>();
    private final Pulses pulses = new Pulses(writes::add);
    private final Clock clock = new Clock();
    private final Training training = new Training(pulses, clock);

    private static final class Clock implements Turns {
        private long now = 1_000;
        private int asked;

        @Override
        public long now() {
            return now;
        }

        @Override
        public void within(long nanos) {
            asked++;
        }
    }

    /** Takes turns until there is nothing to do; for how long that was. */
    private long takeTurns() {
        long start = clock.now;
        for (long pause = training.turn(); pause != Duty.NOT_UNTIL_ASKED; pause = training.turn()) {
            assertThat(pause).isPositive();
            clock.now += pause;
        }
        return clock.now - start;
    }

    @Test
    void doesNothingUntilItBegins() {
        assertThat(takeTurns()).isZero();
        assertThat(writes).isEmpty();
        assertThat(clock.asked).isZero();
    }

    @Test
    void flashesForAMinuteMoreAndMoreSeldom() {
        training.begin();
        training.begin();
        assertThat(clock.asked).as("the second time it does nothing").isOne();
        assertThat(takeTurns()).isBetween(MINUTE, MINUTE + MINUTE / 5);
        assertThat(writes).hasSizeBetween(2 * 70, 2 * 100);
        for (int i = 0; i < writes.size(); i++) {
            assertThat(writes.get(i)).isEqualTo(i % 2 == 0);
        }
        assertThat(takeTurns()).as("once it is over").isZero();
    }

    @Test
    void leavesTheFlagOfAPauseAlone() {
        training.begin();
        pulses.hold();
        assertThat(writes).containsExactly(true);
        takeTurns();
        assertThat(writes).containsExactly(true);
        pulses.letGo();
        assertThat(writes).containsExactly(true, false);
    }
}
