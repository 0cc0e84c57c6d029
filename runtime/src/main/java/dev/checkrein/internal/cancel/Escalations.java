package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.bridge.Rung;
import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.DutyThread;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Makes known which rungs requests have reached: to the listener of the call's policy, and in the log if it is the last. On a thread of
 * its own, because it runs code of the application, which may do anything. Thread-safe.
 */
final class Escalations implements Duty {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int LOGGED_FRAMES = 20;

    private final DutyThread thread = new DutyThread("checkrein-escalations");
    private final Queue<Step> untold = new ConcurrentLinkedQueue<>();
    private final AtomicLongArray reached = new AtomicLongArray(Rung.values().length);

    /** @param nanos since the request */
    private record Step(
            Rung rung, Ladder ladder, String scope, Thread thread, long nanos, String why, StackTraceElement[] stack) {
        void tell() {
            if (ladder.steps() != null) {
                ladder.steps().reached(rung.name(), thread, nanos, why, stack);
            }
        }

        String inWords() {
            StringBuilder words = new StringBuilder(String.format(
                    "thread \"%s\" has not ended its call %.3f s after the request: %s",
                    thread.getName(), nanos / NANOS_PER_SECOND, why));
            for (int i = 0; i < Math.min(stack.length, LOGGED_FRAMES); i++) {
                words.append(System.lineSeparator()).append("\tat ").append(stack[i]);
            }
            return words.toString();
        }
    }

    Escalations() {
        thread.does(this);
    }

    /** Counts it, and has it told where somebody wants to know. */
    void reached(Rung rung, ScopeCall call, long nanos, StackTraceElement[] stack) {
        reached.incrementAndGet(rung.ordinal());
        if (call.ladder().steps() != null || rung == Rung.REPORT) {
            untold.add(new Step(
                    rung,
                    call.ladder(),
                    call.scopeName(),
                    call.thread(),
                    nanos,
                    call.request().message(),
                    stack));
            thread.within(0);
        }
    }

    /** Under the names of the components of {@code Checkrein.Stops}. */
    Map<String, Long> counts() {
        return Map.of(
                "firm", reached.get(Rung.FIRM.ordinal()),
                "insisted", reached.get(Rung.INSIST.ordinal()),
                "reported", reached.get(Rung.REPORT.ordinal()));
    }

    @Override
    public long turn() {
        for (Step step = untold.poll(); step != null; step = untold.poll()) {
            if (step.rung == Rung.REPORT) {
                log(step.inWords(), null);
            }
            try {
                step.tell();
            } catch (Throwable failed) {
                log(
                        "what was to be told that scope \"" + step.scope + "\" has reached " + step.rung
                                + " has failed",
                        failed);
            }
        }
        return NOT_UNTIL_ASKED;
    }

    /** What the application logs by may fail. */
    private static void log(String words, Throwable thrown) {
        try {
            System.getLogger("dev.checkrein").log(System.Logger.Level.WARNING, words, thrown);
        } catch (RuntimeException | Error untold) {
            // The next one may be told again.
        }
    }
}
