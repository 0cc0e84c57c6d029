package dev.checkrein.internal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one copy of the runtime says of a ladder, another understands. */
class LadderProtocolTest {
    private final List<String> told = new ArrayList<>();
    private final Ladder.Steps steps = (rung, thread, nanos, why, stack) -> told.add(rung + " on " + thread.getName());
    private final Ladder ladder = new Ladder(1, 2, 3, true, steps, told::add);

    @Test
    void allOfItComesAcross() {
        Ladder understood = LadderProtocol.understand(LadderProtocol.say(ladder));
        assertThat(understood)
                .usingRecursiveComparison()
                .comparingOnlyFields("politeNanos", "firmNanos", "reportNanos", "forced")
                .isEqualTo(ladder);
        understood.steps().reached("FIRM", Thread.currentThread(), 1, "", null);
        understood.terminal().accept("the end");
        assertThat(told).containsExactly("FIRM on " + Thread.currentThread().getName(), "the end");
    }

    @Test
    void twoThatHaveTheSameListenerStillDo() {
        Ladder one = LadderProtocol.understand(LadderProtocol.say(ladder));
        Ladder other = LadderProtocol.understand(LadderProtocol.say(ladder));
        assertThat(one.steps().listener()).isSameAs(other.steps().listener());
    }

    @Test
    void anOlderCopyDoesNotSayWhoListensAndWhatIsTheEnd() {
        Object[] older = Arrays.copyOf(LadderProtocol.say(ladder), 5);
        Ladder understood = LadderProtocol.understand(older);
        assertThat(understood.steps().listener()).isNotNull();
        assertThat(understood.terminal()).isNull();
    }
}
