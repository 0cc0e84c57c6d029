package dev.checkrein.internal.watch;

/** The log lines of findings. What the application logs by may hang or fail. */
public final class StallLog {
    private static final int FRAMES = 20;

    private StallLog() {}

    /** A line, and the stack behind the last level. */
    public static void log(Finding finding) {
        StringBuilder words = new StringBuilder(finding.inWords());
        if (finding.level() == Level.REPORT) {
            StackTraceElement[] stack = finding.stack();
            for (int i = 0; i < Math.min(stack.length, FRAMES); i++) {
                words.append(System.lineSeparator()).append("\tat ").append(stack[i]);
            }
        }
        log(words.toString(), null);
    }

    static void log(String words, Throwable thrown) {
        try {
            System.getLogger("dev.checkrein").log(System.Logger.Level.WARNING, words, thrown);
        } catch (RuntimeException | Error untold) {
            // The next one may be told again.
        }
    }
}
