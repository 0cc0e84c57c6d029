package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.bridge.Rung;
import dev.checkrein.internal.jfr.FlightEvents;
import dev.checkrein.internal.timing.OwnThread;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * Makes known which rungs requests have reached: to the listener of the call's policy, in the log if it is the last, and to the flight
 * recorder. The first two run code of the application, which may do anything, hang for one: nobody waits for a listener but
 * itself, and the log and the recorder have threads of their own.
 * Thread-safe.
 */
final class Escalations {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int LOGGED_FRAMES = 20;

    /** So many listeners may hang before others hear nothing. */
    private static final int LISTENER_THREADS = 16;

    /** For one listener: as many as two hundred calls that are ended at the same time have to tell. */
    private static final int MOST_STEPS = 1_000;

    /** What ends the JVM waits so long for its report to be logged. */
    private static final long LOG_SECONDS = 2;

    private static final int MOST_LINES = 1_000;

    /** The recorder is fast, but for its first event. */
    private static final int MOST_EVENTS = 10_000;

    private final Messengers toListeners = new Messengers("checkrein-listener", LISTENER_THREADS, MOST_STEPS);
    private final Messengers toLog = new Messengers("checkrein-log", 1, MOST_LINES);
    private final Messengers toRecorder = new Messengers("checkrein-recorder", 1, MOST_EVENTS);
    private final AtomicLongArray reached = new AtomicLongArray(Rung.values().length);

    /** Null until it is first needed. To load it takes longer than a request should wait. */
    private volatile FlightEvents events;

    /** @param nanos since the request */
    private record Step(
            Rung rung, Ladder ladder, String scope, Thread thread, long nanos, String why, StackTraceElement[] stack) {
        void tell() {
            ladder.steps().reached(rung.name(), thread, nanos, why, stack);
        }

        void record(FlightEvents events) {
            if (events.wantsEscalations()) {
                events.escalation(scope, thread, rung.name(), nanos, why, stack);
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

    /** Counts it, and has it told where somebody wants to know. */
    void reached(Rung rung, ScopeCall call, long nanos, StackTraceElement[] stack) {
        reached.incrementAndGet(rung.ordinal()); // who is told may ask
        Ladder ladder = call.ladder();
        boolean recorded = mayBeRecorded();
        if (recorded || ladder.steps() != null || rung == Rung.REPORT) {
            Step step = new Step(
                    rung,
                    ladder,
                    call.scopeName(),
                    call.thread(),
                    nanos,
                    call.request().message(),
                    stack);
            if (recorded) {
                toRecorder.send(toRecorder, missed -> step.record(events()));
            }
            if (rung == Rung.REPORT) {
                report(step, call);
            }
            if (ladder.steps() != null) {
                tell(step);
            }
        }
    }

    /** A call has ended that had been asked to. Never throws. */
    void ended(ScopeCall call) {
        FlightEvents known = events;
        if (call.tag() == Delivery.REHEARSAL || known != null && !known.wantsCallsEnded()) {
            return;
        }
        try {
            toRecorder.send(toRecorder, missed -> recordEnd(call));
        } catch (Throwable unrecorded) {
            // There is no memory: calls end nevertheless.
        }
    }

    private void recordEnd(ScopeCall call) {
        FlightEvents recorder = events();
        if (recorder.wantsCallsEnded()) {
            EndRequest request = call.request();
            recorder.callEnded(
                    call.scopeName(), call.thread(), request.kind().name(), call.nanosToEnd(), request.message());
        }
    }

    /** Has the recorder's events loaded. Takes its time. */
    void rehearse() {
        events();
    }

    private FlightEvents events() {
        if (events == null) {
            events = FlightEvents.load();
        }
        return events;
    }

    /** True also if that is not known yet. */
    private boolean mayBeRecorded() {
        FlightEvents known = events;
        return known == null || known.wantsEscalations();
    }

    private void report(Step step, ScopeCall call) {
        String words = step.inWords();
        Consumer<String> terminal = step.ladder.terminal();
        if (terminal == null) {
            log(words, null);
            return;
        }
        CountDownLatch logged = new CountDownLatch(1);
        OwnThread.daemon(
                        () -> {
                            awaitLog(logged);
                            if (!call.hasEnded()) {
                                act(terminal, words);
                            }
                        },
                        "checkrein-terminal")
                .start();
        log(words, null);
        toLog.send(toLog, missed -> logged.countDown());
    }

    private static void awaitLog(CountDownLatch logged) {
        try {
            logged.await(LOG_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException notOurs) {
            // Nobody has reason to interrupt this thread; then it does not wait.
        }
    }

    private void act(Consumer<String> terminal, String report) {
        try {
            terminal.accept(report);
        } catch (Throwable failed) {
            log("the terminal action has failed", failed);
        }
    }

    private void tell(Step step) {
        long lost = toListeners.send(step.ladder.steps().listener(), missed -> {
            if (missed > 0) {
                log(
                        "the listener of scope \"" + step.scope + "\" was not told of " + missed
                                + " steps while it was busy",
                        null);
            }
            try {
                step.tell();
            } catch (Throwable failed) {
                log(
                        "what was to be told that scope \"" + step.scope + "\" has reached " + step.rung
                                + " has failed",
                        failed);
            }
        });
        if (lost == 1) {
            log(
                    "the listener of scope \"" + step.scope + "\" cannot be told that it has reached " + step.rung
                            + ": it, or many others, have been busy for too long. Nor of more, until that changes",
                    null);
        }
    }

    /** Under the names of the components of {@code Checkrein.Stops}. */
    Map<String, Long> counts() {
        return Map.of(
                "firm", reached.get(Rung.FIRM.ordinal()),
                "insisted", reached.get(Rung.INSIST.ordinal()),
                "reported", reached.get(Rung.REPORT.ordinal()));
    }

    /** Without waiting for it. */
    private void log(String words, Throwable thrown) {
        toLog.send(toLog, missed -> {
            if (missed > 0) {
                logNow(missed + " messages of Checkrein's were lost while the log was busy", null);
            }
            logNow(words, thrown);
        });
    }

    /** What the application logs by may fail. */
    private static void logNow(String words, Throwable thrown) {
        try {
            System.getLogger("dev.checkrein").log(System.Logger.Level.WARNING, words, thrown);
        } catch (RuntimeException | Error untold) {
            // The next one may be told again.
        }
    }
}
