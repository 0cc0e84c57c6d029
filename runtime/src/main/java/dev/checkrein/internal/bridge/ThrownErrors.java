package dev.checkrein.internal.bridge;

import java.util.function.BiFunction;

/** What this copy of the API throws at polls, for calls that the API does not make itself. Thread-safe. */
public final class ThrownErrors {
    private static final String API = "dev.checkrein.CancellationError";

    private static volatile BiFunction<String, Throwable, Error> maker;

    private ThrownErrors() {}

    /** By the API, when its class is initialised. */
    public static void areMadeBy(BiFunction<String, Throwable, Error> errors) {
        maker = errors;
    }

    /** See {@link Engine#enter}. */
    public static BiFunction<String, Throwable, Error> maker() {
        try {
            Class.forName(API, true, ThrownErrors.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the jar of Checkrein's runtime is damaged", e);
        }
        return maker;
    }
}
