package dev.checkrein.internal.jfr;

/**
 * What is recorded. Whether somebody records can be asked at any time and allocates nothing; recording itself does, and takes its
 * time, and so belongs on a thread that nobody waits for. Thread-safe.
 */
public interface FlightEvents {
    /** For a JVM without a flight recorder. */
    FlightEvents NONE = new FlightEvents() {};

    /** Loads the events, which takes some milliseconds the first time, and starts no recorder. */
    static FlightEvents load() {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            return NONE;
        }
        try {
            return new RecordedEvents();
        } catch (LinkageError notForThisModule) {
            return NONE;
        }
    }

    /** Whether somebody wants escalations. */
    default boolean wantsEscalations() {
        return false;
    }

    /**
     * A request has reached a rung.
     *
     * @param rung its name
     * @param nanos since the request
     * @param why the message of the request
     * @param stack of the thread; may be empty
     */
    default void escalation(
            String scope, Thread thread, String rung, long nanos, String why, StackTraceElement[] stack) {}

    /** Whether somebody wants ends of calls. */
    default boolean wantsCallsEnded() {
        return false;
    }

    /**
     * A call has ended that had been asked to.
     *
     * @param kind of the request, by its name
     * @param nanos from the request to the end
     * @param why the message of the request
     */
    default void callEnded(String scope, Thread thread, String kind, long nanos, String why) {}

    /** Whether somebody wants stalls. */
    default boolean wantsStalls() {
        return false;
    }

    /**
     * A watchdog has found a thread that gets nowhere.
     *
     * @param watch what is watched
     * @param level it has led to, by its name
     * @param verdict by its name
     * @param nanos without a sign of life
     * @param stack of the thread; may be empty
     */
    default void stall(
            String watch, Thread thread, String level, String verdict, long nanos, StackTraceElement[] stack) {}
}
