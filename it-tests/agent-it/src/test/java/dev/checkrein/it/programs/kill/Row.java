package dev.checkrein.it.programs.kill;

import dev.checkrein.CancellationScope;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A kind of work.
 *
 * @param name what the README calls it
 * @param include the JDK package that must be included, as a pattern, or nothing
 * @param virtual whether it takes virtual threads
 * @param ending what a request does
 * @param asked whether it is asked to end, by a deadline or from outside; if not, its scope sees to that by itself
 * @param scope what is special about the scope
 * @param work makes one for each run
 */
public record Row(
        String name,
        String include,
        boolean virtual,
        Ending ending,
        boolean asked,
        UnaryOperator<CancellationScope> scope,
        Supplier<Work> work) {
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
        return new Row(name, "", false, Ending.ENDS, true, UnaryOperator.identity(), work);
    }

    Row including(String pattern) {
        return new Row(name, pattern, virtual, ending, asked, scope, work);
    }

    Row onVirtualThreads() {
        return new Row(name, include, true, ending, asked, scope, work);
    }

    /** Not at once, however rude the request is. */
    Row that(Ending other) {
        return new Row(name, include, virtual, other, asked, s -> s.withPolicy(Trial.SOON_RUDE), work);
    }

    Row forced() {
        return new Row(name, include, virtual, ending, asked, s -> s.withPolicy(Trial.SOON_RUDE.forced()), work);
    }

    Row withAllocationBudget(long bytes) {
        return new Row(name, include, virtual, ending, false, s -> s.withAllocationBudget(bytes), work);
    }
}
