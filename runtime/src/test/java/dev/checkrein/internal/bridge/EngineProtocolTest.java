package dev.checkrein.internal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.cancel.CancelEngine;
import dev.checkrein.internal.cancel.MonitorView;
import dev.checkrein.internal.cancel.ScopedMethod;
import dev.checkrein.internal.pause.NoThreads;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What two copies that are not of the same version make of each other. */
class EngineProtocolTest {
    private final Engine engine = CancelEngine.withPolls(
            pending -> {}, (type, method, descriptor, at) -> false, MonitorView.NONE, new NoThreads(), Map::of);

    @Test
    void anotherVersionIsRefusedWithBothPlacesNamed() {
        BiFunction<String, Object[], Object> stranger = (operation, arguments) -> switch (operation) {
            case "protocol" -> 99;
            case "status" -> Map.of("version", "7.0", "location", "file:/elsewhere/checkrein-agent.jar");
            default -> throw new AssertionError(operation);
        };
        assertThatExceptionOfType(IncompatibleOwnerException.class)
                .isThrownBy(() -> EngineProtocol.borrow(stranger))
                .withMessageContaining("7.0 from file:/elsewhere/checkrein-agent.jar (protocol 99), which owns it")
                .withMessageContaining("and " + OwnCopy.version() + " from " + OwnCopy.location() + " (protocol "
                        + EngineProtocol.VERSION + ")")
                .withMessageEndingWith("Use the same version of both jars");
    }

    @Test
    void anOperationThatTheOwnerDoesNotKnowIsNamed() {
        assertThatThrownBy(() -> EngineProtocol.publish(engine).apply("teleport", new Object[0]))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Checkrein's owner in this JVM does not know the operation \"teleport\"");
    }

    @Test
    void aDeadlinesRequestCrosses() throws Exception {
        Engine borrowed = EngineProtocol.borrow(EngineProtocol.publish(engine));
        Object tag = new Object();
        Object call = borrowed.enter(tag, "work", 1, Ladder.DEFAULT, AssertionError::new);
        dev.checkrein.TestThread.eventually("the deadline passes", () -> borrowed.isRequested(tag));
        assertThat(borrowed.exit(call))
                .isEqualTo(new EndRequest(
                        EndRequest.Kind.DEADLINE,
                        "scope \"work\" was still busy at its deadline, 0.000000001 s after its start"));
        assertThat(borrowed.isRequested(tag)).isFalse();
    }

    @Test
    void aCancellersRequestCrosses() throws Exception {
        Engine borrowed = EngineProtocol.borrow(EngineProtocol.publish(engine));
        Object call = borrowed.enter("tag", "work", Engine.NO_DEADLINE, Ladder.DEFAULT, AssertionError::new);
        borrowed.canceller(call).accept("enough");
        assertThat(borrowed.exit(call))
                .isEqualTo(new EndRequest(EndRequest.Kind.CANCEL, "scope \"work\" was cancelled: enough"));
    }

    @Test
    void budgetsCross() throws Exception {
        Engine borrowed = EngineProtocol.borrow(EngineProtocol.publish(engine));
        Object tag = new Object();
        assertThat(borrowed.budgets()).isNull();
        CallLimits limits = new CallLimits(CallLimits.NONE, CallLimits.NONE, 1, null);
        Object call = borrowed.enterWithin(tag, "work", limits, Ladder.DEFAULT, AssertionError::new);
        assertThat(borrowed.budgets()).isNotNull();
        // To ask allocates.
        dev.checkrein.TestThread.eventually("the budget is used up", () -> borrowed.isRequested(tag));
        EndRequest request = borrowed.exit(call);
        assertThat(request.kind()).isEqualTo(EndRequest.Kind.CANCEL);
        assertThat(request.message()).startsWith("scope \"work\" has allocated ");
        assertThat(borrowed.budgets()).isNull();
    }

    @Test
    void anOwnerThatKnowsNoBudgetsHasNone() throws Exception {
        Engine borrowed = EngineProtocol.borrow((operation, arguments) -> switch (operation) {
            case "enterWithin", "budgets" -> throw new UnsupportedOperationException("from before there were any");
            default -> EngineProtocol.publish(engine).apply(operation, arguments);
        });
        assertThat(borrowed.budgets()).isNull();
        CallLimits limits = new CallLimits(CallLimits.NONE, 1, CallLimits.NONE, null);
        assertThatThrownBy(() -> borrowed.enterWithin("tag", "work", limits, Ladder.DEFAULT, AssertionError::new))
                .isExactlyInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void scopesThatNobodyHasMadeCross() throws Exception {
        CancelEngine owner = CancelEngine.withPolls(
                pending -> {}, (type, method, descriptor, at) -> false, MonitorView.NONE, new NoThreads(), Map::of);
        Engine borrowed = EngineProtocol.borrow(EngineProtocol.publish(owner));
        assertThat(borrowed.scopes()).isEmpty();
        owner.implicitScopes().prepare();
        owner.implicitScopes().enter(new ScopedMethod("A#b", "A", "b", "()V", Engine.NO_DEADLINE, false));
        Object[] running = borrowed.scopes().get(0);
        assertThat(running).hasSize(4).startsWith("A#b", Thread.currentThread());
        borrowed.cancel(running[3], "enough");
        assertThatThrownBy(owner.implicitScopes()::exit)
                .isExactlyInstanceOf(java.util.concurrent.CancellationException.class)
                .hasMessage("scope \"A#b\" was cancelled: enough");
    }

    @Test
    void anOwnerThatKnowsNoSuchScopesHasNone() throws Exception {
        Engine borrowed = EngineProtocol.borrow((operation, arguments) -> switch (operation) {
            case "scopes" -> throw new UnsupportedOperationException("from before there were any");
            default -> EngineProtocol.publish(engine).apply(operation, arguments);
        });
        assertThat(borrowed.scopes()).isEmpty();
    }

    @Test
    void theTimeOfPollsCrosses() throws Exception {
        CancelEngine timed = CancelEngine.withPolls(
                pending -> {}, (type, method, descriptor, at) -> false, MonitorView.NONE, new NoThreads(), Map::of);
        timed.timedSlowPath(() -> Map.of("cpu", 7L));
        assertThat(EngineProtocol.borrow(EngineProtocol.publish(timed)).pollTime())
                .isEqualTo(Map.of("cpu", 7L, "inSlowPath", 0L));
    }

    @Test
    void noRequestCrossesAsNone() throws Exception {
        Engine borrowed = EngineProtocol.borrow(EngineProtocol.publish(engine));
        assertThat(borrowed.exit(
                        borrowed.enter("tag", "work", Engine.NO_DEADLINE, Ladder.DEFAULT, AssertionError::new)))
                .isNull();
    }

    @Test
    void ownCopySaysWhichItIs() {
        assertThat(OwnCopy.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(OwnCopy.location()).startsWith("file:").contains("runtime/target");
    }
}
