package dev.checkrein.internal.cancel;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.TestThread;
import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.HandTurns;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the delivery does at which time. Its turns are taken by hand, and time is what the test says. */
class DeliveryTurnsTest {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final HandTurns turns = new HandTurns();
    private final FailingPolls polls = new FailingPolls();
    private final Delivery delivery =
            new Delivery(polls, new Pulses(polls), true, turns::now, turns, new CleanupTables() {
                @Override
                public boolean cover(Class<?> declaring, String method, String descriptor, int position) {
                    return false;
                }

                @Override
                public boolean shield(String className, String method) {
                    return method.equals("spinShielded");
                }
            });
    private volatile ScopeCall call;
    private volatile boolean goOn;
    private volatile boolean shielding;
    private volatile boolean shielded;
    private TestThread<?> worker;

    /** Where the call runs, without a poll. */
    private Object spin() {
        call = new ScopeCall(null, this, "work", Ladder.DEFAULT, AssertionError::new, delivery);
        while (!goOn) {
            if (shielding) {
                spinShielded();
            }
            Thread.onSpinWait();
        }
        call.end();
        return null;
    }

    /** What the option {@code shield} would name. */
    private void spinShielded() {
        shielded = true;
        while (shielding) {
            Thread.onSpinWait();
        }
        shielded = false;
    }

    @BeforeEach
    void startCall() {
        worker = TestThread.start(this::spin);
        eventually("the call has begun", () -> call != null);
    }

    @AfterEach
    void endCall() {
        shielding = false;
        goOn = true;
        worker.result();
    }

    private void request() {
        assertThat(call.requestEnd(new EndRequest(EndRequest.Kind.CANCEL, "enough")))
                .isTrue();
        delivery.wake();
    }

    /** Takes turns whenever they are asked for, for as long as said. */
    private void takeTurnsFor(long nanos) {
        long end = turns.now() + nanos;
        long pause = delivery.turn();
        while (pause != Duty.NOT_UNTIL_ASKED && turns.now() + pause - end < 0) {
            turns.advance(Math.max(pause, 1));
            pause = delivery.turn();
        }
        turns.advance(end - turns.now());
    }

    @Test
    void loopsStayArmedForAThreadThatRunsWhenAPulseIsOver() {
        request();
        takeTurnsFor(3 * SECOND);
        eventuallyInTurns("a pulse is over", () -> !polls.pending);
        assertThat(polls.loopsArmed).as("loops in the thread's code").isTrue();
        goOn = true;
        worker.result();
        delivery.turn();
        assertThat(polls.loopsArmed).as("when the call has ended").isFalse();
        assertThat(delivery.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }

    @Test
    void pulsesAreContinuousAtFirstAndATenthOfTheTimeLater() {
        request();
        takeTurnsFor(1_500 * MILLISECOND);
        assertThat(polls.pulses).isEqualTo(1);
        takeTurnsFor(2 * SECOND);
        long before = polls.pendingNanos();
        takeTurnsFor(10 * SECOND);
        assertThat(polls.pendingNanos() - before).isBetween(SECOND / 2, 3 * SECOND / 2);
    }

    @Test
    void armsMoreTheLongerItTakes() {
        request();
        delivery.turn();
        assertThat(polls.loopsArmed).isTrue();
        assertThat(polls.entriesArmed).as("when only loops had a chance").isZero();
        takeTurnsFor(3 * MILLISECOND);
        assertThat(polls.entriesArmed).isPositive();
        takeTurnsFor(100 * MILLISECOND);
        assertThat(polls.lookedAnew).isPositive();
        assertThat(polls.allEntriesArmed).isFalse();
        takeTurnsFor(500 * MILLISECOND);
        assertThat(polls.allEntriesArmed).isTrue();
        takeTurnsFor(SECOND);
        int lookedAnew = polls.lookedAnew;
        takeTurnsFor(10 * SECOND);
        assertThat(polls.lookedAnew).as("times it looked anew").isEqualTo(lookedAnew);
    }

    @Test
    void aThreadThatLeavesAMethodWhichShieldsIsSoonSeenToHaveLeftIt() {
        shielding = true;
        eventually("it is in the method", () -> shielded);
        request();
        takeTurnsFor(300 * MILLISECOND);
        eventuallyInTurns("a pulse is over, and the next one far", () -> !polls.pending && !polls.loopsArmed);
        int pulses = polls.pulses;
        shielding = false;
        eventually("it is out", () -> !shielded);
        takeTurnsFor(25 * MILLISECOND);
        assertThat(polls.pulses).isEqualTo(pulses + 1);
        assertThat(polls.loopsArmed).isTrue();
    }

    @Test
    void aThreadThatStaysInAMethodWhichShieldsCostsTheOthersNoMoreThanAnother() {
        shielding = true;
        eventually("it is in the method", () -> shielded);
        request();
        takeTurnsFor(10 * SECOND);
        long before = polls.pendingNanos();
        int pulses = polls.pulses;
        takeTurnsFor(10 * SECOND);
        assertThat(polls.pulses - pulses).as("one a second").isBetween(9, 11);
        assertThat(polls.pendingNanos() - before).isLessThan(SECOND / 10);
        shielding = false;
    }

    /** There is no memory for anything, and then there is. */
    @Test
    void aRequestWhoseStepsAllFailIsDeliveredOnceTheyDoNot() {
        polls.fail = true;
        request();
        takeTurnsFor(10 * SECOND);
        assertThat(polls.failures).as("one a second and more").isGreaterThan(10);
        assertThat(polls.loopsArmed || polls.pending || polls.returning).isFalse();
        polls.fail = false;
        takeTurnsFor(SECOND);
        assertThat(polls.loopsArmed).isTrue();
        assertThat(polls.returning).isTrue();
        assertThat(polls.pulses).isPositive();
    }

    @Test
    void whatCouldNotBeTakenBackIsTakenBackLater() {
        request();
        takeTurnsFor(SECOND);
        polls.fail = true;
        goOn = true;
        worker.result();
        assertThat(delivery.turn()).isLessThanOrEqualTo(SECOND);
        polls.fail = false;
        delivery.turn();
        assertThat(polls.loopsArmed || polls.pending || polls.returning).isFalse();
        assertThat(delivery.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }

    @Test
    void asksForATurnAtOnceWhenARequestIsMade() {
        assertThat(delivery.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
        request();
        assertThat(turns.takeAsked()).isZero();
    }

    private void eventuallyInTurns(String state, java.util.function.BooleanSupplier reached) {
        for (int i = 0; i < 10_000 && !reached.getAsBoolean(); i++) {
            takeTurnsFor(MILLISECOND);
        }
        assertThat(reached.getAsBoolean()).as(state).isTrue();
    }

    /** Polls that refuse to be changed, if they are told to. */
    private final class FailingPolls implements PollSwitch {
        private boolean fail;
        private int failures;
        private boolean pending;
        private boolean returning;
        private boolean loopsArmed;
        private int entriesArmed;
        private boolean allEntriesArmed;
        private int lookedAnew;
        private int pulses;
        private long pendingSince;
        private long pendingNanos;

        private void failIfTold() {
            if (fail) {
                failures++;
                throw new OutOfMemoryError("on purpose");
            }
        }

        long pendingNanos() {
            return pendingNanos + (pending ? turns.now() - pendingSince : 0);
        }

        @Override
        public void pending(boolean value) {
            failIfTold();
            pending = value;
            if (value) {
                pulses++;
                pendingSince = turns.now();
            } else {
                pendingNanos += turns.now() - pendingSince;
            }
        }

        @Override
        public void returning(boolean value) {
            failIfTold();
            returning = value;
        }

        @Override
        public void armLoops(Set<String> classNames) {
            failIfTold();
            loopsArmed = true;
        }

        @Override
        public void disarm() {
            failIfTold();
            loopsArmed = false;
        }

        @Override
        public void armEntries(Set<String> classNames) {
            failIfTold();
            entriesArmed++;
        }

        @Override
        public void lookAnew(Set<String> classNames) {
            lookedAnew++;
        }

        @Override
        public void armAllEntries() {
            allEntriesArmed = true;
        }
    }
}
