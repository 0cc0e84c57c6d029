package dev.checkrein.agent.rewrite;

import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.bridge.PollCode;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of poll. */
public enum PollKind {
    /** At a jump backwards. */
    LOOP("loops", "atLoop", PollCode.LOOP),
    /** At the beginning of a method. */
    ENTRY("entries", "atEntry", PollCode.ENTRY),
    /** After an object or array was allocated. */
    ALLOCATION("allocations", "atAllocation", PollCode.ALLOCATION),
    /** Where a thread comes back that may have been blocked outside rewritten code. Always there; never cancels. */
    RETURN(null, "atReturn", PollCode.RETURN);

    /** The class whose methods are the polls, as in class files. The names of those that stand in for it begin so. */
    public static final String STUB = Engines.STUB.replace('.', '/');

    /** Of all polls. */
    public static final String DESCRIPTOR = "()V";

    private final String optionName;
    private final String stubMethod;
    private final int code;

    PollKind(String optionName, String stubMethod, int code) {
        this.optionName = optionName;
        this.stubMethod = stubMethod;
        this.code = code;
    }

    /** What the slow path is told. */
    public int code() {
        return code;
    }

    /** The stub's method, {@code ()V}, that polls of this kind call. */
    public String stubMethod() {
        return stubMethod;
    }

    /** The kind that the option {@code polls} calls so. */
    public static Optional<PollKind> optionNamed(String name) {
        for (PollKind kind : values()) {
            if (name.equals(kind.optionName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** For messages. */
    public static String optionNames() {
        return Arrays.stream(values())
                .map(kind -> kind.optionName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }
}
