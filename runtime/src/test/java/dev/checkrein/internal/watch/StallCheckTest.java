package dev.checkrein.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.HandTurns;
import dev.checkrein.internal.watch.FakeSight.View;
import dev.checkrein.internal.watch.Sight.Answer;
import dev.checkrein.internal.watch.Sight.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When threads are found to get nowhere, and why. Checks, clock and threads are a test's. */
class StallCheckTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int WARN = 4;
    private static final int CANCEL = 8;
    private static final int INSIST = 12;
    private static final int REPORT = 16;

    private final HandTurns turns = new HandTurns();
    private final FakeSight sight = new FakeSight();
    private final List<String> found = new ArrayList<>();
    private final Thread thread = new Thread("one");
    private final View view = sight.of(thread);
    private StallCheck check = check(WARN, CANCEL, INSIST, REPORT);

    private StallCheck check(long... seconds) {
        long[] nanos = new long[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            nanos[i] = seconds[i] < 0 ? Times.NEVER : seconds[i] * SECOND;
        }
        return new StallCheck(new Times(nanos), SECOND, turns, sight, this::found);
    }

    private void found(Finding finding) {
        found.add(finding.thread().getName() + " " + finding.level() + " " + finding.verdict() + " "
                + finding.nanos() / SECOND);
    }

    private Watched watch(boolean byPolls) {
        Watched watched = check.watch("work", thread, byPolls, new Recorded());
        check.check(); // from here on there is something to compare with
        return watched;
    }

    /** Tells what was done. */
    private final class Recorded implements Watched.Remedy {
        @Override
        public void cancel(String why) {
            found.add("cancel: " + why);
        }

        @Override
        public void insist(String why) {
            found.add("insist: " + why);
        }
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            turns.advance(SECOND);
            check.check();
        }
    }

    /** While it is busy. */
    private void burn(int seconds) {
        for (int i = 0; i < seconds; i++) {
            view.cpu += SECOND;
            pass(1);
        }
    }

    private void waits() {
        view.state = Thread.State.WAITING;
    }

    @Test
    void whoBeatsIsLeftAlone() {
        Watched watched = watch(false);
        waits();
        for (int i = 0; i < REPORT; i++) {
            pass(WARN - 1);
            watched.beat();
        }
        assertThat(found).isEmpty();
        assertThat(sight.asked).isEmpty();
    }

    @Test
    void whoDoesNotComesToEachLevelOnce() {
        watch(false);
        waits();
        pass(WARN - 1);
        assertThat(found).isEmpty();
        pass(1);
        assertThat(found).containsExactly("one WARN BLOCKED 4");
        pass(1_000);
        assertThat(found)
                .containsExactly(
                        "one WARN BLOCKED 4",
                        "cancel: it gave no sign of life for 8.000 s, and waited",
                        "one CANCEL BLOCKED 8",
                        "insist: it gave no sign of life for 12.000 s, and waited",
                        "one INSIST BLOCKED 12",
                        "one REPORT BLOCKED 16");
    }

    @Test
    void levelsWithoutATimeAreLeftOut() {
        check = check(-1, -1, -1, REPORT);
        watch(false);
        waits();
        pass(1_000);
        assertThat(found).containsExactly("one REPORT BLOCKED 16");
    }

    @Test
    void severalLevelsMayHaveTheSameTime() {
        check = check(WARN, WARN, -1, WARN);
        watch(false);
        waits();
        turns.advance(SECOND);
        assertThat(check.check()).isZero();
        pass(WARN - 2);
        turns.advance(SECOND);
        assertThat(check.check()).isEqualTo(3);
        assertThat(found).filteredOn(line -> line.startsWith("one")).hasSize(3);
    }

    @Test
    void aSignOfLifeBeginsAnew() {
        Watched watched = watch(false);
        waits();
        pass(WARN);
        watched.beat();
        pass(WARN);
        assertThat(found).hasSize(1);
        pass(1);
        assertThat(found).containsExactly("one WARN BLOCKED 4", "one WARN BLOCKED 4");
    }

    @Test
    void butNotOfOneThatIsToEnd() {
        Watched watched = watch(false);
        waits();
        pass(CANCEL);
        for (int i = CANCEL; i < REPORT; i++) {
            watched.beat();
            pass(1);
        }
        assertThat(found).contains("one INSIST BLOCKED 12", "one REPORT BLOCKED 16");
    }

    @Test
    void withoutARemedyABeatCountsToTheEnd() {
        Watched watched = check.watch("work", thread, false, null);
        check.check();
        waits();
        pass(CANCEL);
        watched.beat();
        pass(WARN);
        assertThat(found).containsExactly("one WARN BLOCKED 4", "one CANCEL BLOCKED 8");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNABLE, 100, JAVA, POLLED, SLOW",
        "RUNNABLE, 100, JAVA, NEVER, SLOW",
        "RUNNABLE, 100, JAVA, UNTOLD, SLOW",
        "RUNNABLE, 100, JAVA, SILENT, STUCK",
        "RUNNABLE, 100, NATIVE, SILENT, STUCK",
        "RUNNABLE, 100, JAVA, OUTSIDE, BLOCKED",
        "RUNNABLE, 0, NATIVE, SILENT, BLOCKED",
        "RUNNABLE, 5, NATIVE, SILENT, STARVED",
        "RUNNABLE, 0, JAVA, SILENT, STARVED",
        "WAITING, 0, JAVA, SILENT, BLOCKED",
        "TIMED_WAITING, 50, JAVA, SILENT, BLOCKED",
        "BLOCKED, 0, JAVA, SILENT, BLOCKED",
    })
    void theVerdictIs(Thread.State state, int cpuPercent, Place place, Answer answer, Verdict verdict) {
        watch(false);
        view.state = state;
        view.place = place;
        view.answer = answer;
        for (int i = 0; i < WARN; i++) {
            view.cpu += SECOND * cpuPercent / 100;
            pass(1);
        }
        assertThat(found).containsExactly("one WARN " + verdict + " 4");
    }

    @Test
    void whoRunsIsChargedWhatItHadOfAProcessor() {
        watch(false);
        for (int i = 0; i < 2 * WARN - 1; i++) {
            view.cpu += SECOND / 2;
            pass(1);
        }
        assertThat(found).isEmpty();
        view.cpu += SECOND / 2;
        pass(1);
        assertThat(found).containsExactly("one WARN SLOW 4");
    }

    @Test
    void whoIsStarvedIsToldOfAndNothingIsDone() {
        watch(false);
        for (int i = 0; i < 10 * REPORT; i++) {
            view.cpu += i % 2 == 0 ? 0 : SECOND / 100;
            pass(1);
        }
        assertThat(found).containsExactly("one WARN STARVED 4", "one REPORT STARVED 16");
    }

    /** Its own time is over, but now it has no processor. */
    @Test
    void whoIsStarvedNowIsNotCancelledForWhatItDidBefore() {
        watch(false);
        burn(CANCEL - 1);
        view.cpu += SECOND / 20;
        for (int i = 0; i < 100; i++) {
            view.cpu += SECOND / 20;
            pass(1);
        }
        assertThat(found).noneMatch(line -> line.contains("CANCEL"));
        burn(1);
        assertThat(found)
                .contains("one CANCEL SLOW 13")
                .as("which has time for its effect")
                .noneMatch(line -> line.contains("INSIST"));
        burn(INSIST - CANCEL);
        assertThat(found).contains("one INSIST SLOW 16");
    }

    /** A thread that has no processor is in native code as likely as not when it is looked at. */
    @Test
    void whoIsInNativeCodeWaitsThereIfItHasDoneNothingForASecond() {
        check = new StallCheck(
                new Times(SECOND / 2, SECOND, Times.NEVER, SECOND), SECOND / 10, turns, sight, this::found);
        watch(false);
        view.place = Place.NATIVE;
        passTenths(9, 0);
        assertThat(found).isEmpty();
        passTenths(1, 0);
        assertThat(found).containsExactly("one WARN BLOCKED 1");
        passTenths(5, 0);
        assertThat(found).contains("one CANCEL BLOCKED 1", "one REPORT BLOCKED 1");
    }

    @Test
    void whoIsInNativeCodeAndDoesSomethingNowAndThenDoesNot() {
        check = new StallCheck(
                new Times(SECOND, 2 * SECOND, Times.NEVER, Times.NEVER), SECOND / 10, turns, sight, this::found);
        watch(false);
        view.place = Place.NATIVE;
        for (int i = 0; i < 40; i++) {
            passTenths(9, 0);
            passTenths(1, SECOND / 50);
        }
        assertThat(found).containsExactly("one WARN STARVED 1");
    }

    private void passTenths(int count, long used) {
        for (int i = 0; i < count; i++) {
            view.cpu += used;
            turns.advance(SECOND / 10);
            check.check();
        }
    }

    /** The JVM was suspended, or collected garbage, or the machine was too busy for the watchdog itself. */
    @Test
    void noCheckAccountsForMoreThanItsInterval() {
        watch(false);
        waits();
        for (int i = 0; i < WARN - 1; i++) {
            turns.advance(3_600 * SECOND);
            check.check();
        }
        assertThat(found).isEmpty();
        turns.advance(3_600 * SECOND);
        check.check();
        assertThat(found).containsExactly("one WARN BLOCKED 4");
    }

    @Test
    void whatAPauseTakesIsNobodysStall() {
        watch(false);
        waits();
        pass(WARN - 1);
        view.standsStill = true;
        pass(1_000);
        view.standsStill = false;
        assertThat(found).isEmpty();
        pass(1);
        assertThat(found).containsExactly("one WARN BLOCKED 4");
    }

    @Test
    void whoPollsIsAliveIfPollsCount() {
        watch(true);
        burn(1_000);
        assertThat(found).isEmpty();
        assertThat(sight.asked).hasSize(1_000).containsOnly(SECOND / 100);
    }

    @Test
    void whereNobodyPollsWhoRunsIsAlive() {
        watch(true);
        view.answer = Answer.NEVER;
        burn(1_000);
        assertThat(found).isEmpty();
        waits();
        pass(WARN - 1);
        assertThat(found).as("what went before does not count").isEmpty();
        pass(1);
        assertThat(found).containsExactly("one WARN BLOCKED 4");
    }

    @Test
    void whoDoesNotPollIsStuckAndThatIsFoundOutThoroughly() {
        watch(true);
        view.answer = Answer.SILENT;
        burn(WARN);
        assertThat(found).containsExactly("one WARN STUCK 4");
        assertThat(sight.asked).endsWith(SECOND / 100, SECOND / 10, SECOND / 5);
        burn(CANCEL - WARN);
        assertThat(found)
                .endsWith("cancel: it gave no sign of life for 8.000 s, and came to no poll", "one CANCEL STUCK 8");
    }

    @Test
    void whoWaitsComesToNoPollEither() {
        watch(true);
        waits();
        pass(WARN);
        assertThat(found).containsExactly("one WARN BLOCKED 4");
    }

    /** It polls in between. */
    @Test
    void whoWaitsAgainAndAgainIsAliveIfPollsCount() {
        watch(true);
        view.state = Thread.State.TIMED_WAITING;
        for (int i = 0; i < 1_000; i++) {
            view.waits++;
            pass(1);
        }
        assertThat(found).isEmpty();
        pass(WARN);
        assertThat(found).containsExactly("one WARN BLOCKED 4");
    }

    @Test
    void soIsWhoComesBackFromNativeCodeAgainAndAgain() {
        watch(true);
        view.place = Place.NATIVE;
        for (int i = 0; i < 1_000; i++) {
            view.cpu += 1_000;
            pass(1);
        }
        assertThat(found).isEmpty();
        pass(WARN);
        assertThat(found).containsExactly("one WARN BLOCKED 4");
    }

    @Test
    void butNotWhoIsToBeat() {
        watch(false);
        view.state = Thread.State.TIMED_WAITING;
        for (int i = 0; i < WARN; i++) {
            view.waits++;
            pass(1);
        }
        assertThat(found).containsExactly("one WARN BLOCKED 4");
    }

    @Test
    void ofWhomTheJvmDoesNotTellHowOftenItWaitsOneWaitIsAsGoodAsAnother() {
        view.waits = Sight.UNKNOWN;
        watch(true);
        waits();
        pass(WARN);
        assertThat(found).containsExactly("one WARN BLOCKED 4");
    }

    /** What makes its code poll had not been done yet, the first time. */
    @Test
    void whoAnswersWhenAskedAgainIsNotStuck() {
        watch(false);
        view.answer = Answer.SILENT;
        sight.meanwhile = () -> view.answer = sight.asked.size() < 2 ? Answer.SILENT : Answer.POLLED;
        burn(WARN);
        assertThat(found).containsExactly("one WARN SLOW 4");
        assertThat(sight.asked).containsExactly(SECOND / 10, SECOND / 5);
    }

    @Test
    void whoHadNoProcessorToAnswerIsAskedForLonger() {
        watch(false);
        sight.meanwhile = () -> view.answer = sight.asked.size() < 3 ? Answer.UNTOLD : Answer.SILENT;
        burn(WARN);
        assertThat(found).containsExactly("one WARN STUCK 4");
        assertThat(sight.asked).containsExactly(SECOND / 10, SECOND / 5, 2 * SECOND / 5, 4 * SECOND / 5);
    }

    /** It was asked, but had no processor to answer. */
    @Test
    void whoCouldNotAnswerIsNotStuckAndIsLeftAloneForAWhile() {
        check = new StallCheck(
                new Times(SECOND, Times.NEVER, Times.NEVER, Times.NEVER), SECOND / 10, turns, sight, this::found);
        watch(true);
        view.answer = Answer.UNTOLD;
        passTenths(50, SECOND / 10);
        assertThat(found).isEmpty();
        assertThat(sight.asked.stream().filter(nanos -> nanos == SECOND / 10)).hasSize(5);
        view.answer = Answer.POLLED;
        passTenths(50, SECOND / 10);
        assertThat(found).isEmpty();
    }

    @Test
    void whatAPollingThreadDoesThatIsToEndDoesNotCount() {
        watch(true);
        waits();
        pass(CANCEL);
        view.state = Thread.State.RUNNABLE;
        burn(REPORT - CANCEL);
        assertThat(found).contains("one INSIST SLOW 12", "one REPORT SLOW 16");
    }

    @Test
    void aBeatThatComesWhileItIsAskedIsInTime() {
        Watched watched = watch(false);
        sight.meanwhile = watched::beat;
        burn(WARN);
        assertThat(sight.asked).hasSize(1);
        assertThat(found).isEmpty();
    }

    @Test
    void soIsTheEnd() {
        Watched watched = watch(false);
        sight.meanwhile = () -> check.end(watched);
        burn(WARN);
        assertThat(sight.asked).hasSize(1);
        assertThat(found).isEmpty();
    }

    @Test
    void ofWhomTheJvmDoesNotTellAllTimeCountsWhileItIsCarried() {
        view.cpu = Sight.UNKNOWN;
        watch(false);
        pass(WARN - 1);
        view.place = Place.NOWHERE;
        pass(1);
        assertThat(found).isEmpty();
        view.place = Place.JAVA;
        pass(1);
        assertThat(found).containsExactly("one WARN SLOW 4");
    }

    @Test
    void whatFailsWithOneIsTriedAgainAndKeepsNoOtherWaiting() {
        int[] failures = {3};
        Watched.Remedy failing = new Watched.Remedy() {
            @Override
            public void cancel(String why) {
                if (failures[0]-- > 0) {
                    throw new OutOfMemoryError("on purpose");
                }
            }

            @Override
            public void insist(String why) {}
        };
        check = check(-1, CANCEL, -1, -1);
        List<Thread> others = List.of(new Thread("two"), new Thread("three"));
        check.watch("work", thread, false, failing);
        others.forEach(each -> check.watch("work", each, false, null));
        check.check();
        waits();
        others.forEach(each -> sight.of(each).state = Thread.State.BLOCKED);
        pass(CANCEL);
        assertThat(found).containsExactlyInAnyOrder("two CANCEL BLOCKED 8", "three CANCEL BLOCKED 8");
        pass(3);
        assertThat(found).contains("one CANCEL BLOCKED 11").hasSize(3);
    }

    @Test
    void whileItIsOffNothingIsSeenAndThenAllBeginsAnew() {
        watch(false);
        waits();
        pass(WARN - 1);
        check.off();
        assertThat(check.isOn()).isFalse();
        pass(1_000);
        assertThat(check.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
        turns.takeAsked();
        check.on();
        assertThat(check.isOn()).isTrue();
        assertThat(turns.takeAsked()).isEqualTo(SECOND);
        pass(WARN);
        assertThat(found).isEmpty();
        pass(1);
        assertThat(found).containsExactly("one WARN BLOCKED 4");
    }

    @Test
    void takesTurnsWhileThereIsSomethingToLookAt() {
        assertThat(check.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
        Watched watched = check.watch("work", thread, false, null);
        assertThat(turns.takeAsked()).isEqualTo(SECOND);
        assertThat(check.turn()).isEqualTo(SECOND);
        check.end(watched);
        assertThat(check.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }

    @Test
    void whoHasEndedIsForgotten() {
        watch(false);
        view.state = Thread.State.TERMINATED;
        assertThat(check.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
        assertThat(found).isEmpty();
    }

    @Test
    void nothingIsLeftOfOneForWhichThereIsNoThread() {
        turns.refuse();
        assertThatThrownBy(() -> check.watch("work", thread, false, null)).isInstanceOf(OutOfMemoryError.class);
        assertThat(check.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }
}
