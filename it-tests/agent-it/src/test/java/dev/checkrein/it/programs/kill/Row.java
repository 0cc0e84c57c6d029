package dev.checkrein.it.programs.kill;

import java.util.function.Supplier;

/**
 * A kind of work.
 *
 * @param name what the README calls it
 * @param include the JDK package that must be included, as a pattern, or nothing
 * @param virtual whether it takes virtual threads
 * @param ending what a request does
 * @param work makes one for each run
 */
public record Row(String name, String include, boolean virtual, Ending ending, Supplier<Work> work) {
    /** What a request does. The README says it by the word in lower case. */
    public enum Ending {
        /** The work ends. */
        ENDS,
        /** Nothing, until what the work waits for comes; then it ends. */
        WAITS,
        /** Nothing, until what must not be torn apart has come to its own end; then it ends. */
        SHIELDED
    }

    static Row of(String name, Supplier<Work> work) {
        return new Row(name, "", false, Ending.ENDS, work);
    }

    Row including(String pattern) {
        return new Row(name, pattern, virtual, ending, work);
    }

    Row onVirtualThreads() {
        return new Row(name, include, true, ending, work);
    }

    Row that(Ending other) {
        return new Row(name, include, virtual, other, work);
    }
}
