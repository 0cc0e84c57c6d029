package dev.checkrein.internal.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.TestThread;
import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.HandTurns;
import dev.checkrein.internal.timing.Watchdog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts for a budget, and when it is looked at. The clock, the looks and what is used are moved by hand. */
class BudgetTest {
    private static final long MILLI = 1_000_000;
    private static final long LIMIT = 100 * MILLI;

    private final HandTurns turns = new HandTurns();
    private final Watchdog watchdog = new Watchdog(turns);
    private final HandMeter meter = new HandMeter();
    private final Budget budget = new Budget("work", meter, LIMIT, watchdog);
    private final List<EndRequest> ended = new ArrayList<>();

    /** Returns in how many nanoseconds the next look is. */
    private long turnAfter(long nanos) {
        turns.advance(nanos);
        return watchdog.turn();
    }

    @Test
    void isLookedAtWhenItCanBeUsedUpAndNoSooner() {
        meter.set(7);
        budget.share(ended::add);
        assertThat(turns.takeAsked()).isEqualTo(LIMIT);
        meter.set(7 + LIMIT / 2);
        assertThat(turnAfter(LIMIT)).isEqualTo(LIMIT / 2);
        meter.set(7 + LIMIT + 1);
        assertThat(turnAfter(LIMIT / 2)).isEqualTo(Duty.NOT_UNTIL_ASKED);
        assertThat(ended).extracting(EndRequest::message).containsExactly("work: 100000001 of 100000000");
        assertThat(ended).extracting(EndRequest::kind).containsExactly(EndRequest.Kind.CANCEL);
    }

    @Test
    void exactlyAllOfItMayBeUsed() {
        budget.share(ended::add);
        meter.set(LIMIT);
        assertThat(turnAfter(LIMIT)).isEqualTo(Pace.SHORTEST_NANOS);
        assertThat(ended).isEmpty();
    }

    @Test
    void isLookedAtEarlierWhenMoreThreadsCanUseIt() {
        budget.share(ended::add);
        turns.advance(LIMIT
                / 2); // after which one thread may have used half, and two need a quarter of the time for the rest
        TestThread.start(() -> budget.share(ended::add)).result();
        assertThat(watchdog.turn()).isEqualTo(LIMIT / 4);
        TestThread.start(() -> budget.share(ended::add)).result();
        assertThat(watchdog.turn()).isEqualTo(LIMIT / 6);
    }

    @Test
    void allThatShareItAreEndedAndWhoeverComesLater() {
        budget.share(ended::add);
        TestThread<?> other = TestThread.start(() -> budget.share(ended::add));
        other.result();
        meter.set(LIMIT / 2);
        meter.set(other.thread(), LIMIT / 2 + 1);
        turnAfter(LIMIT);
        assertThat(ended).hasSize(2);
        TestThread.start(() -> budget.share(ended::add)).result();
        assertThat(ended).hasSize(3).allMatch(request -> request == ended.get(0));
        assertThat(watchdog.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }

    @Test
    void whatOneHasUsedThatEndedStillCounts() {
        Budget.Share first = budget.share(ended::add);
        meter.set(LIMIT - MILLI);
        first.close();
        assertThat(watchdog.turn()).as("nobody counts").isEqualTo(Duty.NOT_UNTIL_ASKED);
        budget.share(ended::add);
        assertThat(turns.takeAsked()).isEqualTo(MILLI);
        meter.set(LIMIT + 1);
        turnAfter(MILLI);
        assertThat(ended).hasSize(1);
    }

    @Test
    void isNotLookedAtOnceNobodyCounts() {
        budget.share(ended::add).close();
        meter.set(2 * LIMIT);
        assertThat(turnAfter(LIMIT)).isEqualTo(Duty.NOT_UNTIL_ASKED);
        assertThat(ended).isEmpty();
    }

    @Test
    void whatIsNotToldAnyMoreIsAsMuchAsBefore() {
        budget.share(ended::add);
        meter.set(LIMIT / 2);
        turnAfter(LIMIT);
        meter.set(Meter.UNKNOWN);
        assertThat(turnAfter(LIMIT / 2)).isEqualTo(LIMIT / 2);
        assertThat(ended).isEmpty();
    }

    @Test
    void nobodySharesWhatIsNotTold() {
        meter.set(Meter.UNKNOWN);
        assertThatThrownBy(() -> budget.share(ended::add))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("work: not told");
        assertThat(watchdog.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }

    @Test
    void nothingIsLeftOfOneForWhichThereIsNoThreadToLook() {
        turns.refuse();
        assertThatThrownBy(() -> budget.share(ended::add)).isInstanceOf(OutOfMemoryError.class);
        assertThat(watchdog.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }

    @Test
    void needsNoMemoryToEnd() {
        Budget.Share share = budget.share(ended::add);
        meter.set(LIMIT + 1);
        meter.full();
        assertThat(turnAfter(LIMIT)).as("as if nothing had been used").isEqualTo(LIMIT);
        share.close();
        assertThat(watchdog.turn()).isEqualTo(Duty.NOT_UNTIL_ASKED);
    }
}
