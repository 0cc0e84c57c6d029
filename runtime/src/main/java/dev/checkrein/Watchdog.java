package dev.checkrein;

import dev.checkrein.internal.timing.DutyThread;
import dev.checkrein.internal.timing.OwnThread;
import dev.checkrein.internal.timing.Turns;
import dev.checkrein.internal.watch.Finding;
import dev.checkrein.internal.watch.Level;
import dev.checkrein.internal.watch.StallCheck;
import dev.checkrein.internal.watch.StallLog;
import dev.checkrein.internal.watch.StallRecorder;
import dev.checkrein.internal.watch.Teller;
import dev.checkrein.internal.watch.Times;
import dev.checkrein.internal.watch.Watched;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Finds calls that get nowhere, and ends them.
 *
 * <pre>{@code
 * Watchdog dog = Watchdog.builder()
 *         .warnAfter(Duration.ofSeconds(2))
 *         .cancelAfter(Duration.ofSeconds(10))
 *         .build();
 * dog.call("import", watch -> {
 *     for (Row row : rows) {
 *         watch.beat();
 *         store(row);
 *     }
 *     return null;
 * });
 * }</pre>
 *
 * <p><b>Signs of life.</b> A call that is given its {@link Watch} must {@linkplain Watch#beat beat} now and then. One that is not is
 * alive as long as it comes to polls, or waits for one thing after another: a thread that runs without end in rewritten code is not
 * stalled then, one that waits for something that does not come, or runs in code that does not poll, is. Without the agent nobody polls, and whatever runs is taken to be alive. After each sign of life
 * all begins anew, until a call has been asked to end: what it does then does not count.
 *
 * <p><b>Time</b> is the thread's own. While it waits all time counts; while it runs, as much as it was on a processor. So a
 * machine that is busy stalls nobody; a thread that gets no processor is told of as {@link Stall.Verdict#STARVED}, and nothing is done to
 * it. No check counts for more than the interval between two: when a JVM was suspended, collected garbage or
 * {@linkplain SafepointCoordinator stood still in a pause}, that is nobody's stall. So a level may be reached later than its time says,
 * but not earlier; on a machine that is not busy by two intervals at most. The JVM does not tell how long virtual threads were on a
 * processor: while they are carried all time counts; nor how often they have waited: one that waits whenever it is looked at is taken to
 * wait for the same.
 *
 * <p><b>Levels</b>, each with a time of its own or left out, all from the last sign of life: see {@link Stall.Level}. For each there is a
 * line in the log, an event {@code checkrein.Stall} for the flight recorder, and the listener is told. All that happens on threads of their own: while a listener takes its time, later stalls wait
 * for it, a hundred at most, but no check and no call does; what it throws is logged.
 *
 * <p>To see whether threads poll, those that run are asked to, as by {@link SafepointCoordinator#handshake}: at each check for at most a
 * hundredth of the interval, if their polls count; and where a level depends on it until they have, for a third of a second or, on a busy
 * machine, one and a half. The first time that happens in a JVM, polls are changed as by its first pause.
 *
 * <p>One thread looks at all that a watchdog watches, while there is something to look at. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {
    /** As long as anybody will wait. */
    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static final EscalationPolicy FORCED = EscalationPolicy.defaults()
            .withPolite(Duration.ZERO)
            .withFirm(Duration.ZERO)
            .withReport(NEVER)
            .forced();

    private final Times times;
    private final EscalationPolicy policy;
    private final StallCheck check;
    private volatile boolean closed;

    /**
     * @param interval between two checks, in nanoseconds
     * @param listener null if there is none
     * @param nanoClock null for real time, and a thread of its own
     */
    Watchdog(Times times, long interval, EscalationPolicy policy, Consumer<Stall> listener, LongSupplier nanoClock) {
        this.times = times;
        this.policy = times.have(Level.REPORT) && policy == EscalationPolicy.defaults()
                ? policy.withReport(NEVER) // once is enough
                : policy;
        if (nanoClock == null) {
            DutyThread thread = new DutyThread("checkrein-stalls");
            check = new StallCheck(times, interval, thread, tellers(listener));
            thread.does(check);
        } else {
            Consumer<Finding> told = told(listener);
            check = new StallCheck(times, interval, new HandTurns(nanoClock), finding -> {
                StallRecorder.record(finding);
                StallLog.log(finding);
                Teller.tell(told, finding);
            });
        }
    }

    /** The log, which may hang as well, and the listener do not wait for each other. */
    private static Consumer<Finding> tellers(Consumer<Stall> listener) {
        Consumer<Finding> ours = new Teller("checkrein-stalls-recorder", StallRecorder::record)
                .andThen(new Teller("checkrein-stalls-log", StallLog::log));
        return listener == null ? ours : ours.andThen(new Teller("checkrein-stalls-listener", told(listener)));
    }

    private static Consumer<Finding> told(Consumer<Stall> listener) {
        return listener == null ? finding -> {} : finding -> listener.accept(Stall.of(finding));
    }

    /** Says what a watchdog is to do. */
    public static WatchdogBuilder builder() {
        return new WatchdogBuilder();
    }

    /** Work that beats. */
    @FunctionalInterface
    public interface Beating<T> {
        /**
         * Does it.
         *
         * @param watch to beat on
         */
        T call(Watch watch) throws Exception;
    }

    /**
     * Runs work on the calling thread that is to beat, and returns what it returns, or throws what it throws.
     *
     * @param name what messages call it
     * @throws CancellationException if it was ended because of a stall. The cause is what it threw then
     * @throws IllegalStateException if this watchdog was closed
     */
    public <T> T call(String name, Beating<T> work) throws Exception {
        return call(name, false, Objects.requireNonNull(work, "work"));
    }

    /**
     * The same for work that does not beat: that it polls is enough.
     *
     * @throws CancellationException as above
     * @throws IllegalStateException as above
     */
    public <T> T call(String name, Callable<T> work) throws Exception {
        Objects.requireNonNull(work, "work");
        return call(name, true, watch -> work.call());
    }

    /** The one scope inside the other, so that insisting does not depend on what asking gently has led to. */
    private <T> T call(String name, boolean byPolls, Beating<T> work) throws Exception {
        CancellationScope asked = CancellationScope.named(name).withPolicy(policy);
        if (!times.have(Level.INSIST)) {
            try (Watch watch = watch(name, byPolls, remedy(asked::cancel, why -> {}))) {
                return asked.call(() -> work.call(watch));
            }
        }
        CancellationScope made = CancellationScope.named(name).withPolicy(FORCED);
        try (Watch watch = watch(name, byPolls, remedy(asked::cancel, made::cancel))) {
            return made.call(() -> asked.call(() -> work.call(watch)));
        }
    }

    private static Watched.Remedy remedy(Consumer<String> cancel, Consumer<String> insist) {
        return new Watched.Remedy() {
            @Override
            public void cancel(String why) {
                cancel.accept(why);
            }

            @Override
            public void insist(String why) {
                insist.accept(why);
            }
        };
    }

    /**
     * Watches the calling thread, which is to beat until it closes what this returns. There is no call to end: levels are only told.
     *
     * @param name what messages call it
     * @throws IllegalStateException if this watchdog was closed
     */
    public Watch watch(String name) {
        return watch(name, false, null);
    }

    /**
     * The same on a thread that is in a call of a scope: {@link Stall.Level#CANCEL} {@linkplain CancellationScope#cancel cancels} the
     * scope, and with it all its calls. How hard that is, is for the scope's policy to say; {@link Stall.Level#INSIST} is only told.
     *
     * @throws IllegalStateException if this watchdog was closed, or the calling thread is in no call of the scope
     */
    public Watch watch(CancellationScope scope) {
        if (!scope.isRunning(Thread.currentThread())) {
            throw new IllegalStateException("the calling thread is in no call of scope \"" + scope.name()
                    + "\", whose cancel could end what it does: watch it from inside the call");
        }
        Consumer<String> cancel = why -> OwnThread.daemon(() -> scope.cancel(why), "checkrein-stalls-cancel")
                .start(); // runs what was registered with the token, which may hang
        return watch(scope.name(), false, remedy(cancel, why -> {}));
    }

    private Watch watch(String name, boolean byPolls, Watched.Remedy remedy) {
        Objects.requireNonNull(name, "name");
        if (closed) {
            throw new IllegalStateException("this watchdog was closed, and watches nothing any more");
        }
        return new Watch(check, check.watch(name, Thread.currentThread(), byPolls, remedy));
    }

    /** A thread that is watched, until this is closed or the thread ends. */
    public static final class Watch implements AutoCloseable {
        private final StallCheck check;
        private final Watched watched;

        private Watch(StallCheck check, Watched watched) {
            this.check = check;
            this.watched = watched;
        }

        /**
         * A sign of life; usually by the thread that is watched, but any may give it. Costs one write to memory, which is seen by the next
         * check.
         */
        public void beat() {
            watched.beat();
        }

        /** What messages call it. */
        public String name() {
            return watched.name();
        }

        /** It is not watched any more. Does nothing the second time. */
        @Override
        public void close() {
            check.end(watched);
        }
    }

    /** Nobody is looked at until it is switched on again. Calls can begin meanwhile. */
    public void switchOff() {
        check.off();
    }

    /** For all that is watched time begins anew. Does nothing if it is on, or closed. */
    public void switchOn() {
        if (!closed) {
            check.on();
        }
    }

    /** Whether it looks at threads; at first it does. */
    public boolean isOn() {
        return check.isOn();
    }

    /**
     * Looks at all that is watched now, as it does at each interval by itself unless it is {@linkplain WatchdogBuilder#byHand driven by hand}.
     * Does nothing if it is switched off.
     *
     * @return how many levels were reached
     */
    public int checkNow() {
        return check.check();
    }

    /** Switches it off for good. What runs goes on, unwatched. */
    @Override
    public void close() {
        closed = true;
        check.off();
    }

    /** By the clock of a test. */
    private record HandTurns(LongSupplier clock) implements Turns {
        @Override
        public long now() {
            return clock.getAsLong();
        }

        @Override
        public void within(long nanos) {
            // whenever the test likes
        }
    }
}
