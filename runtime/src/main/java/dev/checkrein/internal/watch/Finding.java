package dev.checkrein.internal.watch;

/**
 * A level that a watched thread has come to.
 *
 * @param nanos how long it had got nowhere: of its own time, or of all if it was starved
 * @param stack of the thread, innermost first
 */
public record Finding(
        Watched watched, Level level, Verdict verdict, Thread thread, long nanos, StackTraceElement[] stack) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Without the stack. */
    public String inWords() {
        return String.format(
                "watch \"%s\": thread \"%s\" has given no sign of life for %s; it %s%s",
                watched.name(), thread.getName(), seconds(nanos), does(verdict), leadsTo());
    }

    /** For an exception. */
    static String why(Watched watched, Verdict verdict, long nanos) {
        return String.format(
                "it gave no sign of life for %s, and %s", seconds(nanos), did(verdict, watched.isToBeat()));
    }

    private static String seconds(long nanos) {
        return String.format(java.util.Locale.ROOT, "%.3f s", nanos / NANOS_PER_SECOND);
    }

    private static String does(Verdict verdict) {
        return switch (verdict) {
            case SLOW -> "runs";
            case BLOCKED -> "waits";
            case STUCK -> "runs and comes to no poll";
            case STARVED -> "gets no processor";
        };
    }

    private static String did(Verdict verdict, boolean toBeat) {
        return switch (verdict) {
            case SLOW -> toBeat ? "ran without a heartbeat" : "ran";
            case BLOCKED -> "waited";
            case STUCK -> "came to no poll";
            case STARVED -> "got no processor";
        };
    }

    private String leadsTo() {
        return switch (level) {
            case WARN -> "";
            case CANCEL -> ", and is asked to end";
            case INSIST -> ", and is made to end";
            case REPORT -> "";
        };
    }
}
