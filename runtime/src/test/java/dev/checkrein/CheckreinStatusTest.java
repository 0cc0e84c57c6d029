package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.bridge.CurrentEngine;
import dev.checkrein.internal.cancel.CancelEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckreinStatusTest {
    @Test
    void isZeroWithoutTheAgent() {
        CurrentEngine current = CurrentEngine.isNotFoundYet();
        try {
            Checkrein.Status status = Checkrein.status();
            assertThat(status).isEqualTo(new Checkrein.Status(false, status.version(), 0, 0, 0, 0, List.of(), 0));
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
                "loopPolls",
                2L,
                "entryPolls",
                3,
                "allocationPolls",
                4L,
                "leftAlone",
                List.of("a.B: too old"),
                "leftAloneCount",
                5L,
                "somethingNewer",
                "ignored");
        CurrentEngine current = CurrentEngine.is(CancelEngine.withPolls(pending -> {}, () -> counts));
        try {
            assertThat(Checkrein.isInstalled()).isTrue();
            Checkrein.Status status = Checkrein.status();
            assertThat(status)
                    .isEqualTo(new Checkrein.Status(true, status.version(), 1, 2, 3, 4, List.of("a.B: too old"), 5));
        } finally {
            current.restore();
        }
    }

    @Test
    void cannotBeChangedFromOutside() {
        List<String> reasons = new ArrayList<>(List.of("one"));
        Checkrein.Status status = new Checkrein.Status(true, "1", 0, 0, 0, 0, reasons, 1);
        reasons.add("two");
        assertThat(status.leftAlone()).containsExactly("one");
        assertThatThrownBy(() -> status.leftAlone().add("three")).isInstanceOf(UnsupportedOperationException.class);
    }
}
