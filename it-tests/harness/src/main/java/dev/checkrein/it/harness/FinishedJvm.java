package dev.checkrein.it.harness;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/**
 * What a child JVM did.
 *
 * @param command its command line
 * @param exitCode what it ended with
 * @param out the lines of its standard output
 * @param err the lines of its standard error
 */
public record FinishedJvm(String command, int exitCode, List<String> out, List<String> err) {

    /** Asserts that it ended with 0 and printed nothing to its standard error. */
    public FinishedJvm succeeds() {
        Assertions.assertThat(exitCode).as(this::describe).isZero();
        Assertions.assertThat(err).as(this::describe).isEmpty();
        return this;
    }

    /** Asserts that it ended with anything but 0. */
    public FinishedJvm fails() {
        Assertions.assertThat(exitCode).as(this::describe).isNotZero();
        return this;
    }

    /** Asserts on the lines of its standard output, with everything it did in the message. */
    public ListAssert<String> assertOut() {
        return Assertions.assertThat(out).as(this::describe);
    }

    /** Asserts on the lines of its standard error, with everything it did in the message. */
    public ListAssert<String> assertErr() {
        return Assertions.assertThat(err).as(this::describe);
    }

    String describe() {
        return command + "\nexit code " + exitCode + "\n--- out\n" + String.join("\n", out) + "\n--- err\n"
                + String.join("\n", err) + "\n---\n";
    }
}
