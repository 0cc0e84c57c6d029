package dev.checkrein.internal.bridge;

import java.util.Map;

/** A pause has not come about in time. */
public final class ThreadsLateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Map<Thread, StackTraceElement[]> late;

    public ThreadsLateException(String message, Map<Thread, StackTraceElement[]> late) {
        super(message, null, false, false);
        this.late = late;
    }

    /** Whom it waited for, and where they were. */
    public Map<Thread, StackTraceElement[]> late() {
        return late;
    }
}
