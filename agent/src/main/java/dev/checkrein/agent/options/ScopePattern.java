package dev.checkrein.agent.options;

import dev.checkrein.agent.filter.MethodPattern;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Methods each of whose calls is to be a call of a scope.
 *
 * @param methods which
 * @param deadline of each call; empty if they have none
 */
public record ScopePattern(MethodPattern methods, Optional<Duration> deadline) {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+) ?(ns|μs|ms|s|m|h|d)?");

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "μs", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    /** @throws IllegalArgumentException if it is none; the message says what one looks like */
    static ScopePattern parse(String text) {
        int at = text.lastIndexOf('@');
        MethodPattern methods = MethodPattern.parse((at < 0 ? text : text.substring(0, at)).trim());
        methods.refusal().ifPresent(reason -> {
            throw new IllegalArgumentException(methods.classes() + " is never rewritten: " + reason);
        });
        return new ScopePattern(methods, at < 0 ? Optional.empty() : Optional.of(deadline(text.substring(at + 1))));
    }

    private static Duration deadline(String text) {
        Duration deadline;
        try {
            deadline = duration(text.strip().toLowerCase(Locale.ROOT));
            deadline.toNanos();
        } catch (DateTimeParseException e) {
            throw invalid(text, "is not a duration", e);
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid(text, "is more than can be counted", e);
        }
        if (deadline.isZero() || deadline.isNegative()) {
            throw invalid(text, "is not longer than zero", null);
        }
        return deadline;
    }

    private static Duration duration(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(unit));
    }

    private static IllegalArgumentException invalid(String text, String what, Exception cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" " + what + ". Valid are a positive whole number and one of the units ns, μs, ms, s,"
                        + " m, h and d (seconds if there is none), such as 500ms or 2s, and ISO-8601, such as PT2.5S",
                cause);
    }
}
