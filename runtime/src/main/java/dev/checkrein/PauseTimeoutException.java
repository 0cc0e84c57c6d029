package dev.checkrein;

import java.util.Map;
import java.util.concurrent.TimeoutException;

/** A pause has not come about within its time limit. No thread stands still because of it. */
public final class PauseTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    private final transient Map<Thread, StackTraceElement[]> lateThreads;

    PauseTimeoutException(String message, Map<Thread, StackTraceElement[]> lateThreads) {
        super(message);
        this.lateThreads = Map.copyOf(lateThreads);
    }

    /**
     * Whom it waited for, and where they were at that moment. Empty if another pause was held all the time, if the JVM took too long
     * to tell, and in another JVM than the one it was thrown in.
     */
    public Map<Thread, StackTraceElement[]> lateThreads() {
        return lateThreads == null ? Map.of() : lateThreads;
    }
}
