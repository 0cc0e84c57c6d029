package dev.checkrein.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.rewrite.Rewriting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RewriteCountsTest {
    private final RewriteCounts counts = new RewriteCounts();

    @Test
    void addsUp() {
        counts.add(new Rewriting(new byte[1], Map.of(PollKind.LOOP, 2, PollKind.ENTRY, 1), List.of()));
        counts.add(new Rewriting(new byte[1], Map.of(PollKind.LOOP, 3, PollKind.ALLOCATION, 5), List.of()));
        counts.add(new Rewriting(null, Map.of(), List.of(new Rewriting.LeftAlone("a.B.m()V", "too large"))));
        assertThat(counts.status())
                .containsEntry("installed", true)
                .containsEntry("classesRewritten", 2L)
                .containsEntry("loopPolls", 5L)
                .containsEntry("entryPolls", 1L)
                .containsEntry("allocationPolls", 5L)
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
        counts.add(new Rewriting(new byte[1], Map.of(PollKind.LOOP, 2), List.of()));
        counts.reset();
        assertThat(counts.status()).containsEntry("classesRewritten", 0L).containsEntry("loopPolls", 0L);
    }
}
