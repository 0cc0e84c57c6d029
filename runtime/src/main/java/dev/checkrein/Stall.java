package dev.checkrein;

import dev.checkrein.internal.watch.Finding;
import java.time.Duration;
import java.util.List;

/**
 * A thread that gets nowhere, as a {@link Watchdog} has found it.
 *
 * @param watch the name of what was watched
 * @param level what it has led to
 * @param verdict what the thread does instead
 * @param thread which; it may be doing something else by now
 * @param silent for how long it has given no sign of life: of its own time, or in all if it is {@link Verdict#STARVED}
 * @param stack where it was when that was found, innermost first
 */
public record Stall(
        String watch, Level level, Verdict verdict, Thread thread, Duration silent, List<StackTraceElement> stack) {

    /** What a stall leads to, from the first to the last. Those that a watchdog was given no time for are left out. */
    public enum Level {
        /** Somebody is told, and nothing is done. */
        WARN,
        /** The call that is watched is asked to end, as gently as the policy says. */
        CANCEL,
        /** It is made to end, and nothing is spared: see {@link EscalationPolicy#forced()}. */
        INSIST,
        /** It could not be helped: somebody is told, with the stack. */
        REPORT
    }

    /** What a thread does that gives no sign of life. */
    public enum Verdict {
        /** It runs, but does not beat. It comes to polls, or it is not known whether it does. */
        SLOW,
        /** It waits, is blocked or sleeps, or is in native code that uses no processor. */
        BLOCKED,
        /** It runs, and comes to no poll: it is in code that was not rewritten, or in native code. */
        STUCK,
        /**
         * It would run, but has a processor for less than a quarter of the time: the machine is busy, or a debugger has suspended it.
         * Nothing is done about that, it is only told.
         */
        STARVED
    }

    /** Copies the list. */
    public Stall {
        stack = List.copyOf(stack);
    }

    static Stall of(Finding finding) {
        return new Stall(
                finding.watched().name(),
                Level.valueOf(finding.level().name()),
                Verdict.valueOf(finding.verdict().name()),
                finding.thread(),
                Duration.ofNanos(finding.nanos()),
                List.of(finding.stack()));
    }
}
