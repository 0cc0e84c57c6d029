package dev.checkrein.agent.command;

import java.io.Console;
import java.io.PrintWriter;

/** Shows on a terminal that something is happening. Says nothing to a file or pipe, where it would only be in the way. */
final class Progress {
    private static final int STEPS_BETWEEN_LINES = 200;
    private static final int WIDTH = 79;

    private final PrintWriter err;
    private final boolean shown;
    private int steps;

    Progress(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    /** One step of what is being done; most of them leave what is shown as it is. */
    void step(String what, String subject) {
        if (shown && steps++ % STEPS_BETWEEN_LINES == 0) {
            show(what + " " + subject);
        }
    }

    /** Something that takes a while. */
    void phase(String what) {
        if (shown) {
            show(what);
        }
    }

    /** Takes the last line away. */
    void end() {
        if (shown) {
            err.print("\r" + " ".repeat(WIDTH) + "\r");
            err.flush();
        }
    }

    private void show(String line) {
        String cut = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
        err.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
        err.flush();
    }

    /** Whether somebody is looking. From 22 on a console is there in any case, and has to be asked. */
    static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
