package dev.checkrein.agent.options;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every option there is. Declared here and nowhere else; the README's table is checked against it. */
public enum Option {
    INCLUDE(
            "include",
            "**",
            "Classes to rewrite: patterns joined by colons. `*` stays within a package, `**` crosses, and a class brings"
                    + " those nested in it. JDK packages only by a pattern that begins with their own name,"
                    + " such as `java.util.regex.*`. Replaces the default, which is all application classes."),
    EXCLUDE("exclude", "", "Classes to leave alone although `include` matches them. Patterns as there."),
    POLLS(
            "polls",
            "loops:entries:allocations",
            "Where to poll: any of `loops` (back-edges), `entries` (of methods) and `allocations`, joined by colons."),
    ELIDE(
            "elide",
            "on",
            "`on` leaves out polls that other polls or the shape of the code make superfluous, `off` does not."),
    SCOPE(
            "scope",
            "",
            "Methods each of whose calls is to be a call of a scope, without a line of code: a class pattern, `#`, and a method's"
                    + " name or `*`, with a deadline behind `@` if there is to be one, joined by colons:"
                    + " `com.acme.*Servlet#service@30s:com.acme.Plugin#run`. It is the class that brings a method's code that"
                    + " counts, so name those that implement an interface. When a deadline passes, a `TimeoutException`"
                    + " comes out, or a `CancellationException` caused by one where the method does not declare it."),
    SHIELD(
            "shield",
            "",
            "Methods that a request does not tear, nor what they call: it waits until they are over. Patterns as for `scope`,"
                    + " without deadlines."),
    FREEZE(
            "freeze",
            "off",
            "`on` has the polls at entries and allocations read a flag from the start, for applications that are stopped"
                    + " all the time. Otherwise they cost nothing until one of them is needed, and are changed then."),
    COUNT(
            "count",
            "off",
            "`on` counts how often each kind of poll runs, for `Checkrein.status().executed()`. Slows everything down."),
    SIGNALS(
            "signals",
            "",
            "What signals of the operating system do, instead of what they did: `NAME@ACTION` joined by colons, such as"
                    + " `HUP@report:USR1@dump`. `report` writes what Checkrein has done and which requests are open to"
                    + " standard error; `dump` has all threads stand still and writes where they are."),
    CONFIG(
            "config",
            "",
            "A properties file with these keys, for values that need commas or colons. The agent argument wins over"
                    + " `-Dcheckrein.KEY`, that over `CHECKREIN_KEY` in the environment, and that over the file."),
    ON_ERROR(
            "onError",
            "skip",
            "What to do when a class cannot be rewritten: `skip` leaves it alone and counts it, `fail` stops the JVM"
                    + " (for tests).");

    private final String key;
    private final String defaultValue;
    private final String help;

    Option(String key, String defaultValue, String help) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.help = help;
    }

    public String key() {
        return key;
    }

    /** As a user would write it; empty if there is none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** Markdown. */
    public String help() {
        return help;
    }

    /** The system property that sets it. */
    String property() {
        return PROPERTY_PREFIX + key;
    }

    /** The environment variable that sets it: {@code onError} is {@code CHECKREIN_ON_ERROR}. */
    String variable() {
        return VARIABLE_PREFIX + key.replaceAll("(\\p{Upper})", "_$1").toUpperCase(Locale.ROOT);
    }

    static final String PROPERTY_PREFIX = "checkrein.";
    static final String VARIABLE_PREFIX = "CHECKREIN_";

    static Optional<Option> withKey(String key) {
        return Arrays.stream(values()).filter(option -> option.key.equals(key)).findFirst();
    }

    static Optional<Option> withVariable(String variable) {
        return Arrays.stream(values())
                .filter(option -> option.variable().equals(variable))
                .findFirst();
    }

    /** For messages. */
    static String variables() {
        return Arrays.stream(values()).map(Option::variable).collect(Collectors.joining(", "));
    }

    /** For messages. */
    static String keys() {
        return Arrays.stream(values()).map(Option::key).collect(Collectors.joining(", "));
    }
}
