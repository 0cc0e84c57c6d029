package dev.checkrein.samples.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.samples.pluginhost.Demonstration.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemonstrationTest {
    private static final Outcome STOPPED = new Outcome.Stopped(Duration.ofNanos(1_260_000), "Loop.spin");
    private static final Outcome RELOADED = new Outcome.Answered("1000");

    @Test
    void success_has_no_complaints() {
        Demonstration success = demonstration(STOPPED, 90, RELOADED, null);

        assertThat(success.complaints()).isEmpty();
        assertThat(Report.summary(success)).doesNotContain("FAILED");
    }

    @Test
    void whatever_went_wrong_is_a_complaint() {
        assertThat(demonstration(new Outcome.StillRunning(), 90, RELOADED, null).complaints())
                .containsExactly("script was not stopped: still running");
        assertThat(demonstration(new Outcome.Answered("7"), 90, RELOADED, null).complaints())
                .containsExactly("script was not stopped: answered \"7\"");
        assertThat(demonstration(STOPPED, 0, RELOADED, null).complaints())
                .containsExactly("nobody was greeted while script ran");
        assertThat(demonstration(STOPPED, 90, new Outcome.Answered("999"), null).complaints())
                .containsExactly("the database, loaded anew: answered \"999\"");
        assertThat(demonstration(STOPPED, 90, RELOADED, "still running").complaints())
                .containsExactly("the greeter missed an answer: still running");
    }

    @Test
    void the_summary_tells_every_complaint() {
        assertThat(Report.summary(demonstration(new Outcome.StillRunning(), 0, RELOADED, null)))
                .isEqualTo("FAILED:\n- script was not stopped: still running\n- nobody was greeted while script ran");
    }

    @Test
    void rows_of_the_table_start_with_the_plugin_and_have_the_time_in_a_column_of_its_own() {
        String table = Report.table(demonstration(STOPPED, 90, RELOADED, null).results());

        assertThat(table.lines()).hasSize(3).last().asString().matches("script +\\|.*\\| +1\\.3 \\| +90");
    }

    @Test
    void the_table_has_no_time_for_a_plugin_that_still_runs() {
        String table = Report.table(
                demonstration(new Outcome.StillRunning(), 90, RELOADED, null).results());

        assertThat(table.lines()).last().asString().matches("script +\\|.*\\| still running +\\| +- \\| +90");
    }

    private static Demonstration demonstration(Outcome outcome, int greetings, Outcome reloaded, String firstMissed) {
        Misdeed misdeed = new Misdeed("script", "while (true) {}", "spins");
        return new Demonstration(List.of(new Result(misdeed, outcome, greetings)), reloaded, greetings, firstMissed);
    }
}
