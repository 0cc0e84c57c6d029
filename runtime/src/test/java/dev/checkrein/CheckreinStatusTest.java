package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.Checkrein.Polls;
import dev.checkrein.internal.bridge.CurrentEngine;
import dev.checkrein.internal.cancel.CancelEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckreinStatusTest {
    private static final Polls NONE = new Polls(0, 0, 0, 0);

    @Test
    void isZeroWithoutTheAgent() {
        CurrentEngine current = CurrentEngine.isNotFoundYet();
        try {
            Checkrein.Status status = Checkrein.status();
            assertThat(status)
                    .isEqualTo(new Checkrein.Status(false, status.version(), 0, NONE, NONE, NONE, List.of(), 0));
            assertThat(status.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
            assertThat(Checkrein.isInstalled()).isFalse();
        } finally {
            current.restore();
        }
    }

    @Test
    void showsWhatTheOwnerCounts() {
        Map<String, Object> counts = Map.of(
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
                "somethingNewer",
                "ignored");
        CurrentEngine current = CurrentEngine.is(
                CancelEngine.withPolls(pending -> {}, (type, method, descriptor, at) -> false, () -> counts));
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
                            5));
        } finally {
            current.restore();
        }
    }

    @Test
    void cannotBeChangedFromOutside() {
        List<String> reasons = new ArrayList<>(List.of("one"));
        Checkrein.Status status = new Checkrein.Status(true, "1", 0, NONE, NONE, NONE, reasons, 1);
        reasons.add("two");
        assertThat(status.leftAlone()).containsExactly("one");
        assertThatThrownBy(() -> status.leftAlone().add("three")).isInstanceOf(UnsupportedOperationException.class);
    }
}
