package dev.checkrein.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.rewrite.Rewriting;
import dev.checkrein.internal.bridge.PollCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RewriteCountsTest {
    private final RewriteCounts counts = new RewriteCounts(() -> new long[PollCode.COUNT]);

    @Test
    void addsUp() {
        counts.add(new Rewriting(
                new byte[1],
                Map.of(PollKind.LOOP, 2, PollKind.ENTRY, 1),
                Map.of(PollKind.ENTRY, 7),
                List.of(),
                Map.of()));
        counts.add(new Rewriting(
                new byte[1], Map.of(PollKind.LOOP, 3, PollKind.ALLOCATION, 5), Map.of(), List.of(), Map.of()));
        counts.add(new Rewriting(
                null, Map.of(), Map.of(), List.of(new Rewriting.LeftAlone("a.B.m()V", "too large")), Map.of()));
        assertThat(counts.status())
                .containsEntry("installed", true)
                .containsEntry("classesRewritten", 2L)
                .containsEntry("inserted", new long[] {5, 1, 5, 0})
                .containsEntry("elided", new long[] {0, 7, 0, 0})
                .containsEntry("executed", new long[PollCode.COUNT])
                .containsEntry("leftAloneCount", 1L)
                .containsEntry("leftAlone", List.of("a.B.m()V: too large"));
    }

    @Test
    void keepsTheFirstHundredReasonsAndCountsAll() {
        for (int i = 0; i < 150; i++) {
            counts.leftAlone("class " + i, "reason");
        }
        assertThat(counts.status()).containsEntry("leftAloneCount", 150L);
        assertThat((List<?>) counts.status().get("leftAlone"))
                .hasSize(100)
                .last()
                .isEqualTo("class 99: reason");
    }

    @Test
    void forgetsTheSelfTest() {
        counts.add(new Rewriting(new byte[1], Map.of(PollKind.LOOP, 2), Map.of(), List.of(), Map.of()));
        counts.reset();
        assertThat(counts.status())
                .containsEntry("classesRewritten", 0L)
                .containsEntry("inserted", new long[PollCode.COUNT]);
    }
}
