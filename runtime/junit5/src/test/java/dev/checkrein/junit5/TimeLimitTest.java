package dev.checkrein.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How limits are written, and how they are printed. */
class TimeLimitTest {
    @ParameterizedTest
    @CsvSource({
        "7ns, PT0.000000007S",
        "5μs, PT0.000005S",
        "500ms, PT0.5S",
        "2s, PT2S",
        "2 s, PT2S",
        "' 2S ', PT2S",
        "42, PT42S",
        "1m, PT1M",
        "3h, PT3H",
        "1d, PT24H",
        "PT2.5S, PT2.5S",
        "pt1m30s, PT1M30S",
    })
    void isWrittenAsInJUnitOrIso8601(String text, Duration meant) {
        assertThat(TimeLimit.parse(text, "here").duration()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "'', is not a duration",
        "soon, is not a duration",
        "2 parsecs, is not a duration",
        "1.5s, is not a duration",
        "-1s, is not a duration",
        "0s, is not longer than zero",
        "PT0S, is not longer than zero",
        "PT-2S, is not longer than zero",
        "99999999999999999999s, is more than can be counted",
        "9223372036854775807d, is more than can be counted",
    })
    void anythingElseIsToldWithWhatIsValid(String text, String what) {
        assertThatThrownBy(() -> TimeLimit.parse(text, "the place"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("the place " + what
                        + ". Valid are a positive whole number and one of the units ns, μs, ms, s, m, h and d (seconds if there"
                        + " is none), such as 500ms or 2s, and ISO-8601, such as PT2.5S");
    }

    @ParameterizedTest
    @CsvSource({"500ms, 0.5 s", "2s, 2 s", "1m, 60 s", "100s, 100 s", "1ns, 0.000000001 s"})
    void isPrintedInSeconds(String text, String printed) {
        assertThat(TimeLimit.parse(text, "here").inSeconds()).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2562047788015215H", "106751991167300d"})
    void mayBeLongerThanAnyoneWaits(String text) {
        assertThat(TimeLimit.parse(text, "here").inSeconds()).endsWith("00 s");
    }
}
