package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.Checkrein.Polls;
import dev.checkrein.internal.bridge.CurrentEngine;
import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.cancel.CancelEngine;
import dev.checkrein.internal.cancel.FakePolls;
import dev.checkrein.internal.cancel.MonitorView;
import dev.checkrein.internal.pause.NoThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class CheckreinStatusTest {
    private static final Polls NONE = new Polls(0, 0, 0, 0);
    private static final Checkrein.Stops NO_STOPS = new Checkrein.Stops(0, 0, 0, 0, 0, 0, 0, 0);

    @Test
    void isZeroWithoutTheAgent() {
        CurrentEngine current = CurrentEngine.isNotFoundYet();
        try {
            Checkrein.Status status = Checkrein.status();
            assertThat(status)
                    .isEqualTo(
                            new Checkrein.Status(false, status.version(), 0, NONE, NONE, NONE, List.of(), 0, NO_STOPS));
            assertThat(status.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
            assertThat(Checkrein.isInstalled()).isFalse();
        } finally {
            current.restore();
        }
    }

    /** Of any length. */
    private static Map<String, Object> mapOf(Object... keysAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @Test
    void showsWhatTheOwnerCounts() {
        Map<String, Object> counts = mapOf(
                "installed",
                true,
                "classesRewritten",
                1L,
                "inserted",
                new long[] {1, 2, 3, 4},
                "elided",
                new long[] {5, 6, 7, 8},
                "executed",
                new long[] {9, 10, 11, 12},
                "leftAlone",
                List.of("a.B: too old"),
                "leftAloneCount",
                5L,
                "promotions",
                13L,
                "flips",
                14L,
                "somethingNewer",
                "ignored");
        CurrentEngine current = CurrentEngine.is(CancelEngine.withPolls(
                pending -> {},
                (type, method, descriptor, at) -> false,
                MonitorView.NONE,
                new NoThreads(),
                () -> counts));
        try {
            assertThat(Checkrein.isInstalled()).isTrue();
            assertThat(Checkrein.status().inserted().total()).isEqualTo(10);
            Checkrein.Status status = Checkrein.status();
            assertThat(status)
                    .isEqualTo(new Checkrein.Status(
                            true,
                            status.version(),
                            1,
                            new Polls(1, 2, 3, 4),
                            new Polls(5, 6, 7, 8),
                            new Polls(9, 10, 11, 12),
                            List.of("a.B: too old"),
                            5,
                            new Checkrein.Stops(0, 0, 13, 14, 0, 0, 0, 0)));
        } finally {
            current.restore();
        }
    }

    @Test
    void tellsNoTimeOfPollsThatAreNotCounted() {
        try (FakePolls polls = new FakePolls()) {
            assertThat(polls.pending()).isFalse();
            assertThat(Checkrein.pollTime()).isEmpty();
        }
    }

    @Test
    void tellsWhichShareOfTheTimePollsTake() {
        try (FakePolls polls = new FakePolls()) {
            Map<String, Long> nanos = new HashMap<>(Map.of("inPolls", 30L, "cpu", 0L));
            IntConsumer slowPath = polls.engine().timedSlowPath(() -> nanos);
            assertThat(Checkrein.pollTime()).as("where CPU time is not known").isEmpty();
            nanos.put("cpu", 120L);
            assertThat(Checkrein.pollTime().orElseThrow().share()).isEqualTo(0.25);
            slowPath.accept(PollCode.LOOP);
            Checkrein.PollTime time = Checkrein.pollTime().orElseThrow();
            assertThat(time.inPolls()).isEqualTo(Duration.ofNanos(30));
            assertThat(time.inSlowPath()).isPositive();
            assertThat(time.share()).isGreaterThan(0.25).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void cannotBeChangedFromOutside() {
        List<String> reasons = new ArrayList<>(List.of("one"));
        Checkrein.Status status = new Checkrein.Status(true, "1", 0, NONE, NONE, NONE, reasons, 1, NO_STOPS);
        reasons.add("two");
        assertThat(status.leftAlone()).containsExactly("one");
        assertThatThrownBy(() -> status.leftAlone().add("three")).isInstanceOf(UnsupportedOperationException.class);
    }
}
