package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What can be tested without ending the JVM. */
class TerminalActionTest {
    @Test
    void aDumpHasTheReportAndAllThreads() {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            TerminalAction.dump().action().accept("the report");
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("the report")
                .contains("All threads:")
                .contains('"' + Thread.currentThread().getName() + '"')
                .contains("TerminalActionTest.aDumpHasTheReportAndAllThreads");
    }

    @Test
    void aStatusIsOneThatSystemsCanTell() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TerminalAction.exit(256))
                .withMessage("the status that a JVM ends with must be from 0 to 255, was 256");
        assertThatIllegalArgumentException().isThrownBy(() -> TerminalAction.halt(-1));
    }

    @Test
    void aPolicySaysWhatItDoesAtLast() {
        EscalationPolicy policy = EscalationPolicy.defaults();
        assertThat(policy).hasToString("EscalationPolicy[polite PT0.05S, firm PT0.05S, report after PT2S]");
        assertThat(policy.withTerminalAction(TerminalAction.halt(3))).asString().endsWith("PT2S, then halt 3]");
        assertThat(policy.withTerminalAction(TerminalAction.exit(3))).asString().endsWith(", then exit 3]");
        assertThat(policy.withTerminalAction(TerminalAction.none())).hasToString(policy.toString());
    }
}
