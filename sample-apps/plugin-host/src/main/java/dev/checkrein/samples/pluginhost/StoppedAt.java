package dev.checkrein.samples.pluginhost;

/** Finds where a thread was when it was stopped, in what was thrown at it. */
final class StoppedAt {
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
        if (first.getStackTrace().length == 0) {
            return "an unknown place";
        }
        StackTraceElement frame = first.getStackTrace()[0];
        String className = frame.getClassName();
        return className.substring(className.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }
}
