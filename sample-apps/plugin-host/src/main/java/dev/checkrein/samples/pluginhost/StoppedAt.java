package dev.checkrein.samples.pluginhost;

import java.util.List;

/** Finds where a thread was when it was stopped, in what was thrown at it. */
final class StoppedAt {
    /** The frames between the plugin's own and the making of the error. */
    private static final List<String> CHECKREIN =
            List.of("dev.checkrein.CancellationError", "dev.checkrein.internal.", "java.lang.CheckreinPoll");

    private StoppedAt() {}

    /**
     * The class, without its package, and the method.
     *
     * @param thrown may be wrapped in exceptions of the plugin's; null if the plugin answered, only too late
     */
    static String describe(Throwable thrown) {
        if (thrown == null) {
            return "its last step";
        }
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        for (StackTraceElement frame : first.getStackTrace()) {
            if (CHECKREIN.stream().noneMatch(frame.getClassName()::startsWith)) {
                String className = frame.getClassName();
                return className.substring(className.lastIndexOf('.') + 1) + "." + frame.getMethodName();
            }
        }
        return "an unknown place";
    }
}
