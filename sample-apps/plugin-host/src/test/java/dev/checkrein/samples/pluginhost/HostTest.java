package dev.checkrein.samples.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without the agent, so that a call which is to be stopped must heed the interrupt. */
class HostTest {
    private static final Limits AMPLE = new Limits(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final Limits SHORT = new Limits(Duration.ofMillis(20), Duration.ofMinutes(1));
    private static final Limits IMPATIENT = new Limits(Duration.ofSeconds(1), Duration.ofMillis(20));

    /** While it is set, plugins that spin go on. */
    private static final String SPIN = "dev.checkrein.samples.pluginhost.spin";

    private static final String ECHO = "public String answer(String request) { return request; }";
    private static final String WAIT_FOR_EVER = "int calls; public String answer(String request) throws Exception {"
            + " if (calls++ == 0) new java.util.concurrent.CountDownLatch(1).await(); return \"call \" + calls; }";

    @TempDir
    private Path temp;

    @BeforeEach
    void let_them_spin() {
        System.setProperty(SPIN, "yes");
    }

    @AfterEach
    void stop_those_that_spin() {
        System.clearProperty(SPIN);
    }

    @Test
    void answers() throws Exception {
        install("echo", ECHO);

        assertThat(host(AMPLE).ask("echo", "anybody there?")).isEqualTo(new Outcome.Answered("anybody there?"));
    }

    @Test
    void stops_a_call_at_its_deadline_and_says_where() throws Exception {
        install("waiting", WAIT_FOR_EVER);

        assertThat(host(SHORT).ask("waiting", "")).isInstanceOfSatisfying(Outcome.Stopped.class, stopped -> {
            assertThat(stopped.afterDeadline()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(stopped.where()).startsWith("AbstractQueuedSynchronizer.");
        });
    }

    @Test
    void asks_a_fresh_instance_after_one_was_stopped() throws Exception {
        install("waiting", WAIT_FOR_EVER);
        Host host = host(SHORT);

        assertThat(host.ask("waiting", "")).isInstanceOf(Outcome.Stopped.class);
        assertThat(host.ask("waiting", ""))
                .as("an instance that was asked before would answer")
                .isInstanceOf(Outcome.Stopped.class);
    }

    @Test
    void keeps_the_instance_after_an_exception() throws Exception {
        install(
                "failing",
                "int calls; public String answer(String request) {"
                        + " if (calls++ == 0) throw new IllegalStateException(\"first\"); return \"call \" + calls; }");
        Host host = host(AMPLE);

        assertThat(host.ask("failing", "")).hasToString("failed with java.lang.IllegalStateException: first");
        assertThat(host.ask("failing", "")).isEqualTo(new Outcome.Answered("call 2"));
    }

    @Test
    void a_timeout_of_the_plugins_own_is_a_failure() throws Exception {
        install(
                "timing",
                "public String answer(String request) throws Exception {"
                        + " throw new java.util.concurrent.TimeoutException(\"own\"); }");

        assertThat(host(AMPLE).ask("timing", "")).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void an_error_is_a_failure() throws Exception {
        install("deep", "public String answer(String request) { return answer(request) + 1; }");

        assertThat(host(AMPLE).ask("deep", ""))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(StackOverflowError.class));
    }

    @Test
    void gives_up_a_call_that_cannot_be_stopped_and_serves_others() throws Exception {
        install(
                "spinning",
                "public String answer(String request) {" + " while (System.getProperty(\"" + SPIN
                        + "\") != null) {} return \"\"; }");
        install("echo", ECHO);
        Host host = host(IMPATIENT);

        assertThat(host.ask("spinning", "")).isEqualTo(new Outcome.StillRunning());
        assertThat(host.ask("echo", "still there?")).isEqualTo(new Outcome.Answered("still there?"));
    }

    @Test
    void does_not_know_a_plugin_that_is_not_there() throws Exception {
        install("echo", ECHO);
        Host host = host(AMPLE);

        assertThatThrownBy(() -> host.ask("eco", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("eco", "[echo]");
    }

    private void install(String name, String body) throws Exception {
        PluginSource.install(plugins(), name, body);
    }

    private Host host(Limits limits) throws Exception {
        return Host.ofPluginsIn(plugins(), limits);
    }

    private Path plugins() throws Exception {
        return Files.createDirectories(temp.resolve("plugins"));
    }
}
