package dev.checkrein.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What came of the tests of one class, which is never run by itself. */
final class Executed {
    private final EngineExecutionResults results;

    private Executed(EngineExecutionResults results) {
        this.results = results;
    }

    static Executed tests(Class<?> of) {
        return tests(of, Map.of());
    }

    /** @param parameters JUnit's configuration parameters */
    static Executed tests(Class<?> of, Map<String, String> parameters) {
        return new Executed(EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(of))
                .configurationParameters(parameters)
                .execute());
    }

    /** Those that passed, by the names they are displayed by, in order. */
    List<String> passed() {
        return names(results.testEvents().succeeded());
    }

    /** Those that failed, classes as well as tests. */
    List<String> failed() {
        return names(results.allEvents().failed());
    }

    /** What those that failed say. */
    List<String> messages() {
        return results.allEvents()
                .failed()
                .map(event -> thrown(event).getMessage())
                .toList();
    }

    private static List<String> names(Events events) {
        return events.map(event -> event.getTestDescriptor().getDisplayName()).toList();
    }

    /** Asserts on what the only one that failed failed with. */
    ThrowableAssert<Throwable> assertFailure() {
        assertThat(failed()).hasSize(1);
        return new ThrowableAssert<>(results.allEvents().failed().stream()
                .map(Executed::thrown)
                .findFirst()
                .orElseThrow());
    }

    private static Throwable thrown(Event failed) {
        return failed.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }
}
