package dev.checkrein.agent.rewrite;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of poll. The ordinal is what the slow path is told. */
public enum PollKind {
    /** At a jump backwards. */
    LOOP("loops", "atLoop"),
    /** At the beginning of a method. */
    ENTRY("entries", "atEntry"),
    /** After an object or array was allocated. */
    ALLOCATION("allocations", "atAllocation");

    private final String optionName;
    private final String stubMethod;

    PollKind(String optionName, String stubMethod) {
        this.optionName = optionName;
        this.stubMethod = stubMethod;
    }

    /** The stub's method, {@code ()V}, that polls of this kind call. */
    public String stubMethod() {
        return stubMethod;
    }

    /** The kind that the option {@code polls} calls so. */
    public static Optional<PollKind> optionNamed(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.optionName.equals(name))
                .findFirst();
    }

    /** For messages. */
    public static String optionNames() {
        return Arrays.stream(values()).map(kind -> kind.optionName).collect(Collectors.joining(", "));
    }
}
