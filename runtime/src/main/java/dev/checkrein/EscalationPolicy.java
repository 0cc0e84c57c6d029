package dev.checkrein;

import dev.checkrein.internal.bridge.Ladder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a call that is to end is ended: how long gently, what is spared, and who is told.
 *
 * <p>A request climbs a ladder. At once a blocked thread is woken. From the first poll that sees it the request is
 * <b>polite</b>: nothing is thrown in cleanup, a {@code finally} block for example, nor where the thread holds a monitor. Then it is
 * <b>firm</b>, and throws there too. Then it <b>insists</b>: a {@linkplain #forced() forced} one spares nothing any more but the JDK's
 * own concurrency code. What has not ended after a while is <b>reported</b>, by a line in the log at least. The times for which
 * it is polite and firm run once a poll has been reached; that until the report runs from the request.
 *
 * <p>Immutable; the {@code with…} methods return a new policy. Listeners are run on threads of their own, each for one step after the
 * other: what they throw is logged, and while one takes its time, neither a request nor another listener waits. Steps are lost,
 * and the log says so, when a thousand wait for the same listener, or for any when sixteen listeners hang.
 */
public final class EscalationPolicy {
    private static final EscalationPolicy DEFAULTS = new EscalationPolicy(
            Duration.ofNanos(Ladder.DEFAULT.politeNanos()),
            Duration.ofNanos(Ladder.DEFAULT.firmNanos()),
            Duration.ofNanos(Ladder.DEFAULT.reportNanos()),
            false,
            null,
            TerminalAction.none());

    private final Duration polite;
    private final Duration firm;
    private final Duration report;
    private final boolean forced;
    private final Consumer<Escalation> listener;
    private final TerminalAction terminal;

    private EscalationPolicy(
            Duration polite,
            Duration firm,
            Duration report,
            boolean forced,
            Consumer<Escalation> listener,
            TerminalAction terminal) {
        this.polite = polite;
        this.firm = firm;
        this.report = report;
        this.forced = forced;
        this.listener = listener;
        this.terminal = terminal;
    }

    /** Polite for 50 ms and firm for 50 ms; not forced; reported after 2 s, which is all; nobody is told of the rungs before. */
    public static EscalationPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * Polite for so long.
     *
     * @param time zero or longer
     * @throws IllegalArgumentException if it is negative
     */
    public EscalationPolicy withPolite(Duration time) {
        return new EscalationPolicy(
                checked("for which a request is polite", time), firm, report, forced, listener, terminal);
    }

    /**
     * Firm for so long, after having been polite.
     *
     * @param time zero or longer
     * @throws IllegalArgumentException if it is negative
     */
    public EscalationPolicy withFirm(Duration time) {
        return new EscalationPolicy(
                polite, checked("for which a request is firm", time), report, forced, listener, terminal);
    }

    /**
     * What has not ended so long after the request is reported.
     *
     * @param time zero or longer
     * @throws IllegalArgumentException if it is negative
     */
    public EscalationPolicy withReport(Duration time) {
        return new EscalationPolicy(
                polite, firm, checked("until a request is reported", time), forced, listener, terminal);
    }

    /**
     * Insisting means it: a call is ended in the initialiser of a class, which can never be used again then, and in the middle of
     * loading one, and behind a {@link Shield}. For hosts that will throw away the class loader.
     */
    public EscalationPolicy forced() {
        return new EscalationPolicy(polite, firm, report, true, listener, terminal);
    }

    /** Instead of another: is told of each rung that a call of the scope reaches. */
    public EscalationPolicy withListener(Consumer<Escalation> rungs) {
        return new EscalationPolicy(polite, firm, report, forced, Objects.requireNonNull(rungs, "rungs"), terminal);
    }

    /** Instead of another: is taken when a call of the scope has been reported. By default there is none. */
    public EscalationPolicy withTerminalAction(TerminalAction action) {
        return new EscalationPolicy(polite, firm, report, forced, listener, Objects.requireNonNull(action, "action"));
    }

    private static Duration checked(String what, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("the time " + what + " must be zero or longer, was " + time);
        }
        return time;
    }

    /** For a scope of this name. */
    Ladder ladder(String scope) {
        if (this == DEFAULTS) {
            return Ladder.DEFAULT;
        }
        Ladder.Steps steps = listener == null ? null : new Steps(scope, listener);
        return new Ladder(nanos(polite), nanos(firm), nanos(report), forced, steps, terminal.action());
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException beyond292Years) {
            return Long.MAX_VALUE;
        }
    }

    private record Steps(String scope, Consumer<Escalation> listener) implements Ladder.Steps {
        @Override
        public void reached(String rung, Thread thread, long nanos, String why, StackTraceElement[] stack) {
            listener.accept(new Escalation(
                    scope, Escalation.Rung.valueOf(rung), thread, Duration.ofNanos(nanos), why, List.of(stack)));
        }
    }

    @Override
    public String toString() {
        return "EscalationPolicy[polite " + polite + ", firm " + firm + (forced ? ", forced" : "") + ", report after "
                + report + (terminal == TerminalAction.none() ? "" : ", then " + terminal) + "]";
    }
}
