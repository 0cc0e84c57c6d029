package dev.checkrein;

import dev.checkrein.internal.jvm.ThreadDump;
import java.util.function.Consumer;

/**
 * What happens when a call has not ended by the time that it is {@linkplain Escalation.Rung#REPORT reported}: its thread cannot be stopped
 * where it is, and what remains is up to the host. A {@linkplain EscalationPolicy#withListener listener} is told in any case.
 *
 * <p>The action is taken once for each call that is reported, on a thread of its own, when the report has been logged, or after
 * two seconds if the log does not take it. It waits for no listener. If the call has ended by then, nothing happens. What goes wrong is
 * logged.
 *
 * <p>Immutable.
 */
public final class TerminalAction {
    private static final int MOST_STATUS = 255;
    private static final TerminalAction NONE = new TerminalAction("none", null);
    private static final TerminalAction DUMP = new TerminalAction("dump", report -> {
        System.err.print(report + System.lineSeparator() + "All threads:" + System.lineSeparator()
                + System.lineSeparator() + ThreadDump.ofAllThreads());
        System.err.flush();
    });

    private final String words;
    private final Consumer<String> action;

    private TerminalAction(String words, Consumer<String> action) {
        this.words = words;
        this.action = action;
    }

    /** Nothing: the report is all. */
    public static TerminalAction none() {
        return NONE;
    }

    /**
     * Prints the report and what all platform threads are doing to {@link System#err}, with the monitors that they hold and the locks that they wait for. To look
     * at them the JVM stops all threads; with a collector that takes the JIT's own polls from counted loops, Serial or
     * Parallel, that may take as long as the longest such loop in code that is not rewritten.
     */
    public static TerminalAction dump() {
        return DUMP;
    }

    /**
     * Ends the JVM by {@link Runtime#exit}, which runs shutdown hooks. One that hangs, because it waits for the very thread that
     * cannot be stopped, keeps the JVM from ending: then only {@link #halt} helps.
     *
     * @param status what the JVM ends with, from 0 to 255
     * @throws IllegalArgumentException if it is another
     */
    public static TerminalAction exit(int status) {
        return new TerminalAction(
                "exit " + checked(status), report -> Runtime.getRuntime().exit(status));
    }

    /**
     * Ends the JVM at once by {@link Runtime#halt}: no shutdown hook is run and nothing is flushed.
     *
     * @param status as for {@link #exit}
     * @throws IllegalArgumentException as there
     */
    public static TerminalAction halt(int status) {
        return new TerminalAction(
                "halt " + checked(status), report -> Runtime.getRuntime().halt(status));
    }

    private static int checked(int status) {
        if (status < 0 || status > MOST_STATUS) {
            throw new IllegalArgumentException(
                    "the status that a JVM ends with must be from 0 to " + MOST_STATUS + ", was " + status);
        }
        return status;
    }

    /** Is given the report; null for none. */
    Consumer<String> action() {
        return action;
    }

    @Override
    public String toString() {
        return words;
    }
}
