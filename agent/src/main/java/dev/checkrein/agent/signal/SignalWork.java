package dev.checkrein.agent.signal;

import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.ThreadsLateException;
import dev.checkrein.internal.cancel.CancelEngine;
import dev.checkrein.internal.jvm.ThreadDump;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is done when a signal has come. All of it is written to standard error at once, and when nobody stands still. */
public final class SignalWork {
    private static final long PAUSE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ANSWER_SECONDS = 5;
    private static final String LINE = System.lineSeparator();

    /** By nobody but the signal; so other pauses go before it. */
    private static final PauseOrder ALL =
            new PauseOrder("signal", 0, PAUSE_LIMIT_NANOS, LEASE_NANOS, thread -> true, false);

    private final CancelEngine engine;

    private SignalWork(CancelEngine engine) {
        this.engine = engine;
    }

    /** For {@link Signals#take}. */
    public static Map<SignalAction, Runnable> of(CancelEngine engine) {
        SignalWork work = new SignalWork(engine);
        return Map.of(SignalAction.REPORT, work::report, SignalAction.DUMP, work::dump);
    }

    private void report() {
        StringBuilder text = new StringBuilder("checkrein: report");
        new TreeMap<>(engine.status()).forEach((name, value) -> {
            if (value instanceof Number || value instanceof String || value instanceof Boolean) {
                text.append(LINE).append("  ").append(name).append(": ").append(value);
            }
        });
        text.append(LINE).append("  open requests: ").append(openRequests());
        write(text);
    }

    private String openRequests() {
        try {
            List<String> open = engine.openRequests().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return open.isEmpty() ? "none" : LINE + String.join(LINE, open);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            return "not known: " + e;
        }
    }

    private void dump() {
        StringBuilder text = new StringBuilder("checkrein: dump of all threads");
        String threads;
        try (HeldPause pause = engine.pause(ALL)) {
            text.append(", ").append(pause.stopped()).append(" of which stand still at polls");
            threads = ThreadDump.ofAllThreads();
        } catch (ThreadsLateException e) {
            text.append(". Not all have stopped: ").append(e.getMessage());
            threads = ThreadDump.ofAllThreads();
        } catch (IllegalStateException e) {
            text.append(". They do not stand still: ").append(e.getMessage());
            threads = ThreadDump.ofAllThreads();
        }
        write(text.append(LINE).append(LINE).append(threads));
    }

    /** Standard error may have been locked by a thread that stood still. */
    private static void write(StringBuilder text) {
        System.err.print(text.append(LINE));
        System.err.flush();
    }
}
