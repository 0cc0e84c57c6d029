package dev.checkrein.internal.bridge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pause has not come about in time. */
public final class ThreadsLateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Map<Thread, StackTraceElement[]> late;

    public ThreadsLateException(String message, Map<Thread, StackTraceElement[]> late) {
        super(message, null, false, false);
        this.late = late;
    }

    /** @param late nobody if the JVM did not tell in time */
    public static ThreadsLateException stillRunning(List<Thread> late) {
        if (late.isEmpty()) {
            return new ThreadsLateException("the JVM took too long to tell who still runs", Map.of());
        }
        Map<Thread, StackTraceElement[]> stacks = new LinkedHashMap<>();
        StringBuilder names = new StringBuilder();
        for (Thread thread : late) {
            stacks.put(thread, thread.getStackTrace());
            names.append(names.isEmpty() ? "\"" : ", \"")
                    .append(thread.getName())
                    .append('"');
        }
        return new ThreadsLateException("still running: " + names, stacks);
    }

    /** Whom it waited for, and where they were. */
    public Map<Thread, StackTraceElement[]> late() {
        return late;
    }
}
