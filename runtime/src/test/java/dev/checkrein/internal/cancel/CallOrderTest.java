package dev.checkrein.internal.cancel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.pause.NoThreads;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The engine under the API, called as no copy of the API should. */
class CallOrderTest {
    private final Engine engine = CancelEngine.withPolls(
            pending -> {}, (type, method, descriptor, at) -> false, MonitorView.NONE, new NoThreads(), Map::of);

    @Test
    void callsMustBeLeftInnermostFirst() {
        Object outer = enter("outer");
        Object inner = enter("inner");
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.exit(outer))
                .withMessage("calls must be left innermost first, on the thread that entered them");
        assertThat(engine.exit(inner)).isNull();
        assertThat(engine.exit(outer)).isNull();
        assertThat(ThreadCalls.current()).as("what is left on the thread").isNull();
    }

    @Test
    void onlyTheFirstRequestOfACallCounts() {
        Object call = enter("work");
        engine.cancel(call, "first");
        engine.cancel(call, "second");
        assertThat(engine.exit(call))
                .isEqualTo(new EndRequest(EndRequest.Kind.CANCEL, "scope \"work\" was cancelled: first"));
    }

    @Test
    void aRequestAfterTheEndDoesNothing() {
        Object call = enter("work");
        assertThat(engine.exit(call)).isNull();
        engine.cancel(call, "too late");
        assertThat(Thread.interrupted()).isFalse();
    }

    private Object enter(String name) {
        return engine.enter(new Object(), name, Engine.NO_DEADLINE, Ladder.DEFAULT, AssertionError::new);
    }
}
