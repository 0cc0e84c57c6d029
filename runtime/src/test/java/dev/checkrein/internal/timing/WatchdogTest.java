package dev.checkrein.internal.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines pass in order, and none is lost. Turns are taken by hand. */
class WatchdogTest {
    private static final long SECOND = 1_000_000_000;
    private static final int MILLION = 1_000_000;

    private final HandTurns turns = new HandTurns();
    private final Watchdog watchdog = new Watchdog(turns);
    private final List<Long> passed = new ArrayList<>();

    private Watchdog.Deadline add(long nanos) {
        return watchdog.after(nanos, () -> passed.add(nanos));
    }

    @Test
    void passInOrderButForThoseCalledOff() {
        Random random = new Random(42);
        List<Long> expected = new ArrayList<>();
        List<Watchdog.Deadline> toCallOff = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            long nanos = 1 + random.nextInt(10_000);
            Watchdog.Deadline deadline = add(nanos);
            if (random.nextBoolean()) {
                toCallOff.add(deadline);
            } else {
                expected.add(nanos);
            }
        }
        Collections.shuffle(toCallOff, random);
        toCallOff.forEach(Watchdog.Deadline::callOff);
        toCallOff.forEach(Watchdog.Deadline::callOff); // again: nothing happens
        Collections.sort(expected);
        long pause = watchdog.turn();
        while (pause != Duty.NOT_UNTIL_ASKED) {
            assertThat(pause).as("time until the next").isPositive();
            turns.advance(pause);
            pause = watchdog.turn();
        }
        assertThat(passed).isEqualTo(expected);
    }

    @Test
    void oneThatFailsComesAgainAndKeepsNoOtherWaiting() {
        int[] failures = {3};
        watchdog.after(1, () -> {
            if (failures[0]-- > 0) {
                throw new OutOfMemoryError("on purpose");
            }
            passed.add(1L);
        });
        add(2);
        turns.advance(2);
        assertThat(watchdog.turn()).isPositive().isLessThanOrEqualTo(SECOND);
        assertThat(passed).containsExactly(2L);
        for (int second = 0; second < 3; second++) {
            turns.advance(SECOND);
            watchdog.turn();
        }
        assertThat(passed).containsExactly(2L, 1L);
        assertThat(watchdog.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }

    /** Three million steps: an hour, if each looked at all that are pending. */
    @Test
    @Timeout(120)
    void comeAndGoWhileAMillionArePending() {
        Runnable never = () -> passed.add(-1L);
        List<Watchdog.Deadline> pending = new ArrayList<>();
        for (int i = 0; i < MILLION; i++) {
            pending.add(watchdog.after(SECOND + i % 1_000, never));
        }
        for (int i = 0; i < MILLION; i++) {
            watchdog.after(i % 2_000 * SECOND / 1_000, never).callOff();
        }
        Collections.shuffle(pending, new Random(42));
        pending.forEach(Watchdog.Deadline::callOff);
        turns.advance(2 * SECOND);
        assertThat(watchdog.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
        assertThat(passed).isEmpty();
    }

    @Test
    void isAskedForItsTurnInTime() {
        add(70);
        assertThat(turns.takeAsked()).isEqualTo(70);
        add(Long.MAX_VALUE - 1);
        add(30);
        assertThat(watchdog.turn()).isEqualTo(30);
    }

    @Test
    void nothingIsLeftOfOneForWhichThereIsNoThread() {
        turns.refuse();
        assertThatThrownBy(() -> add(5)).isInstanceOf(OutOfMemoryError.class);
        assertThat(watchdog.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }

    @Test
    void oneThatRepeatsComesWhenItSaysUntilItIsCalledOff() {
        Watchdog.Deadline[] repeated = new Watchdog.Deadline[1];
        repeated[0] = watchdog.repeatedly(10, () -> {
            passed.add(10L);
            repeated[0].comesAfter(30);
        });
        turns.advance(10);
        assertThat(watchdog.turn()).isEqualTo(30);
        repeated[0].comesWithin(40);
        assertThat(watchdog.turn()).as("it comes earlier anyway").isEqualTo(30);
        turns.takeAsked();
        repeated[0].comesWithin(20);
        assertThat(turns.takeAsked()).isEqualTo(20);
        turns.advance(20);
        assertThat(watchdog.turn()).isEqualTo(30);
        assertThat(passed).containsExactly(10L, 10L);
        repeated[0].callOff();
        repeated[0].comesAfter(1);
        turns.advance(30);
        assertThat(watchdog.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
        assertThat(passed).hasSize(2);
    }

    @Test
    void oneThatRepeatsAndDoesNotSayWhenComesAWhileLater() {
        watchdog.repeatedly(10, () -> passed.add(10L));
        turns.advance(10);
        assertThat(watchdog.turn()).isPositive().isLessThanOrEqualTo(SECOND);
    }
}
