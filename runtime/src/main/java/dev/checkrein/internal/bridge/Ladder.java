package dev.checkrein.internal.bridge;

import java.util.function.Consumer;

/**
 * For how long a request to end a call is gentle, in nanoseconds.
 *
 * @param politeNanos from the first poll that sees it
 * @param firmNanos after that
 * @param reportNanos from the request until it is reported that the call has not ended; {@link Long#MAX_VALUE} for never
 * @param forced whether, after being firm, it does not spare classes that are being initialised either
 * @param steps is told of each rung that is reached; or null. It may take its time, and may fail
 * @param terminal is given the report of a call that is reported, and acts; or null. It may take its time, and may fail
 */
public record Ladder(
        long politeNanos, long firmNanos, long reportNanos, boolean forced, Steps steps, Consumer<String> terminal) {
    /** Fifty milliseconds each, long enough for cleanup that closes files; and two seconds. */
    public static final Ladder DEFAULT = new Ladder(50_000_000, 50_000_000, 2_000_000_000, false, null, null);

    /** Is told of rungs, one after the other for one call. */
    @FunctionalInterface
    public interface Steps {
        /**
         * A rung has been reached.
         *
         * @param rung name of a {@link Rung}
         * @param thread of the call
         * @param nanos since the request was first worked on
         * @param why the message of the request
         * @param stack of the thread when it was last looked at; may be empty
         */
        void reached(String rung, Thread thread, long nanos, String why, StackTraceElement[] stack);

        /** Who is behind it. While one listener takes its time, none but itself waits. Always the same object, for many calls. */
        default Object listener() {
            return this;
        }
    }

    /** The same, but for a report, which comes never; nor what would be done then. */
    public Ladder withoutReport() {
        return new Ladder(politeNanos, firmNanos, Long.MAX_VALUE, forced, steps, null);
    }

    /** The rung of a request that a poll first saw so long ago. */
    public Rung rungAfter(long nanosSinceSeen) {
        if (nanosSinceSeen < politeNanos) {
            return Rung.POLITE;
        }
        return nanosSinceSeen - politeNanos < firmNanos ? Rung.FIRM : Rung.INSIST;
    }
}
