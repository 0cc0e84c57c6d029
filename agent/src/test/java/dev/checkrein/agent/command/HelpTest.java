package dev.checkrein.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the command says of itself. */
class HelpTest {
    @Test
    void namesItsVersion() {
        assertThat(CommandRun.of("--version").out()).singleElement().asString().matches("checkrein \\d.*");
        assertThat(CommandRun.of("instrument", "--version").out()).hasSize(1);
    }

    @Test
    void namesItsCommands() {
        CommandRun run = CommandRun.of("--help");
        assertThat(run.exitCode()).isEqualTo(CommandLineMain.FINE);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).anyMatch(line -> line.strip().startsWith("instrument "));
    }

    @Test
    void namesOptionsAndExitCodes() {
        assertThat(String.join("\n", CommandRun.of("instrument", "--help").out()))
                .contains(
                        "--in=",
                        "--out=",
                        "--include=",
                        "--exclude=",
                        "--polls=",
                        "--verify",
                        "--json=",
                        "Exit codes:");
    }
}
