package dev.checkrein.agent.options;

import dev.checkrein.agent.filter.ClassPattern;
import dev.checkrein.agent.filter.MethodPattern;
import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.signal.SignalAction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the user wants, checked.
 *
 * @param include classes to rewrite
 * @param exclude classes to leave alone all the same
 * @param polls the kinds of poll to insert; never empty
 * @param elide whether to leave out polls that are not needed
 * @param freeze whether polls at entries read a flag from the start
 * @param count whether polls count how often they run
 * @param signals what signals do, by their names without SIG
 * @param failOnError whether to stop the JVM when a class cannot be rewritten
 * @param scopes methods whose calls get a scope each; the first that matches counts
 * @param shields methods that no request tears
 */
public record Options(
        List<ClassPattern> include,
        List<ClassPattern> exclude,
        Set<PollKind> polls,
        boolean elide,
        boolean freeze,
        boolean count,
        Map<String, SignalAction> signals,
        boolean failOnError,
        List<ScopePattern> scopes,
        List<MethodPattern> shields) {

    /** Copies the collections. */
    public Options {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        polls = Set.copyOf(polls);
        signals = Map.copyOf(signals);
        scopes = List.copyOf(scopes);
        shields = List.copyOf(shields);
    }

    /**
     * Reads the options from all their sources.
     *
     * @param argument what stands behind {@code -javaagent:JAR=}; may be null
     */
    public static Options read(String argument, Properties properties, Map<String, String> environment)
            throws InvalidOptionException {
        Map<Option, String> values = OptionSources.collect(argument, properties, environment);
        return new Options(
                patterns(Option.INCLUDE, values),
                patterns(Option.EXCLUDE, values),
                polls(value(Option.POLLS, values)),
                isFirst(Option.ELIDE, "on", "off", values),
                isFirst(Option.FREEZE, "on", "off", values),
                isFirst(Option.COUNT, "on", "off", values),
                signals(value(Option.SIGNALS, values)),
                isFirst(Option.ON_ERROR, "fail", "skip", values),
                list(Option.SCOPE, values, ScopePattern::parse),
                list(Option.SHIELD, values, MethodPattern::parse));
    }

    private static String value(Option option, Map<Option, String> values) {
        return values.getOrDefault(option, option.defaultValue());
    }

    private static List<ClassPattern> patterns(Option option, Map<Option, String> values)
            throws InvalidOptionException {
        return list(option, values, ClassPattern::parse);
    }

    private static <T> List<T> list(Option option, Map<Option, String> values, Function<String, T> parse)
            throws InvalidOptionException {
        List<T> list = new ArrayList<>();
        String value = value(option, values);
        if (value.isEmpty() && option.defaultValue().isEmpty()) {
            return list;
        }
        for (String text : value.split(":", -1)) {
            try {
                list.add(parse.apply(text.trim()));
            } catch (IllegalArgumentException e) {
                throw new InvalidOptionException(option.key() + "=" + value + ": " + e.getMessage());
            }
        }
        return list;
    }

    private static Set<PollKind> polls(String value) throws InvalidOptionException {
        Set<PollKind> kinds = EnumSet.noneOf(PollKind.class);
        for (String name : value.split(":", -1)) {
            Optional<PollKind> kind = PollKind.optionNamed(name.trim());
            if (kind.isEmpty()) {
                throw new InvalidOptionException("polls=" + value + ": \"" + name
                        + "\" is no kind of poll. Valid: any of " + PollKind.optionNames() + ", joined by colons");
            }
            kinds.add(kind.get());
        }
        return kinds;
    }

    private static Map<String, SignalAction> signals(String value) throws InvalidOptionException {
        Map<String, SignalAction> actions = new TreeMap<>();
        if (value.isEmpty()) {
            return actions;
        }
        for (String pair : value.split(":", -1)) {
            int at = pair.indexOf('@');
            Optional<SignalAction> action = at <= 0
                    ? Optional.empty()
                    : SignalAction.named(pair.substring(at + 1).trim());
            String name =
                    action.isEmpty() ? "" : withoutPrefix(pair.substring(0, at).trim());
            if (action.isEmpty()) {
                throw new InvalidOptionException("signals=" + value + ": \"" + pair
                        + "\" is not of the form NAME@ACTION. Valid actions: " + SignalAction.options());
            }
            if (actions.putIfAbsent(name, action.get()) != null) {
                throw new InvalidOptionException("signals=" + value + ": signal " + name + " is given twice");
            }
        }
        return actions;
    }

    private static String withoutPrefix(String signal) {
        return signal.startsWith("SIG") ? signal.substring("SIG".length()) : signal;
    }

    /** For an option that has two values. */
    private static boolean isFirst(Option option, String first, String second, Map<Option, String> values)
            throws InvalidOptionException {
        String value = value(option, values);
        if (!value.equals(first) && !value.equals(second)) {
            throw new InvalidOptionException(
                    option.key() + "=" + value + " is not possible. Valid: " + first + ", " + second);
        }
        return value.equals(first);
    }
}
