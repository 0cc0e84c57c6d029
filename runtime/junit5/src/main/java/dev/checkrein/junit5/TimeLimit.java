package dev.checkrein.junit5;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * How long something may take, and who says so.
 *
 * @param duration longer than zero
 * @param origin for messages, such as {@code @CancelAfter("2s") on class com.acme.FooTest}
 */
record TimeLimit(Duration duration, String origin) {
    /** JUnit's, of its configuration parameters for timeouts. */
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+) ?(ns|μs|ms|s|m|h|d)?");

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "μs", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    /** @throws ExtensionConfigurationException if the text is no duration, or not longer than zero */
    static TimeLimit parse(String text, String origin) {
        Duration duration;
        try {
            duration = duration(text.strip().toLowerCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw invalid(origin, "is not a duration", e);
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid(origin, "is more than can be counted", e);
        }
        if (duration.isZero() || duration.isNegative()) {
            throw invalid(origin, "is not longer than zero", null);
        }
        return new TimeLimit(duration, origin);
    }

    private static Duration duration(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(unit));
    }

    private static ExtensionConfigurationException invalid(String origin, String what, Exception cause) {
        return new ExtensionConfigurationException(
                origin + " " + what + ". Valid are a positive whole number and one of the units ns, μs, ms, s,"
                        + " m, h and d (seconds if there is none), such as 500ms or 2s, and ISO-8601, such as PT2.5S",
                cause);
    }

    /** In seconds, such as {@code 0.5 s}. */
    String inSeconds() {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        return seconds.stripTrailingZeros().toPlainString() + " s";
    }
}
