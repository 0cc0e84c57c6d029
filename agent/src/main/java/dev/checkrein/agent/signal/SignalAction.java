package dev.checkrein.agent.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a signal can mean. */
public enum SignalAction {
    /** Writes what Checkrein has done so far, and which requests are open, to standard error. */
    REPORT,
    /** Has all threads that run rewritten code stand still, and writes where they, and all others, are. */
    DUMP;

    /** As users write it. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that users write so. */
    public static Optional<SignalAction> named(String option) {
        return Arrays.stream(values())
                .filter(action -> action.option().equals(option))
                .findFirst();
    }

    /** For messages. */
    public static String options() {
        return Arrays.stream(values()).map(SignalAction::option).collect(Collectors.joining(", "));
    }
}
