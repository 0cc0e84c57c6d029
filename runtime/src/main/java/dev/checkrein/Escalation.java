package dev.checkrein;

import java.time.Duration;
import java.util.List;

/**
 * A rung of the ladder that a request to end a call has reached.
 *
 * @param scope the name of the call's scope
 * @param rung which
 * @param thread that runs the call; it may be doing something else by now
 * @param sinceRequest how long ago the request was made, to within a millisecond if the machine is not busy
 * @param why the message of the exception that the call will end with
 * @param stack where the thread was when it was last looked at, innermost first; empty if it was not
 */
public record Escalation(
        String scope, Rung rung, Thread thread, Duration sinceRequest, String why, List<StackTraceElement> stack) {

    /** The rungs, in their order. Which are reached depends on what the call does: most end before they are firm. */
    public enum Rung {
        /** The request was made; if the thread is blocked, it has been interrupted. */
        WAKE,
        /** The thread has come to a poll. Nothing is thrown in code that cleans up, or that holds a monitor. */
        POLITE,
        /** Such code is not spared any more. */
        FIRM,
        /** From here on nothing is spared, if the policy is {@linkplain EscalationPolicy#forced() forced}; else as before. */
        INSIST,
        /** The call has not ended in the time that the policy gives it. */
        REPORT
    }

    /** Copies the list. */
    public Escalation {
        stack = List.copyOf(stack);
    }
}
