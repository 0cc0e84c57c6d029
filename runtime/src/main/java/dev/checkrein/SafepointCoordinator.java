package dev.checkrein;

import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.bridge.ThreadsLateException;
import dev.checkrein.internal.pause.Coordinator;
import dev.checkrein.internal.pause.PollHold;
import dev.checkrein.internal.pause.Registered;
import dev.checkrein.internal.statistics.GapStatistics;
import dev.checkrein.internal.timing.DutyThread;
import dev.checkrein.internal.timing.Watchdog;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * Stops threads, all together, and lets them go again.
 *
 * <p>The {@linkplain #global() global} one stops all threads of a JVM with the agent, wherever they are. One of your own stops
 * threads that have {@linkplain #registerWorker registered} and {@linkplain #poll poll}, with or without the agent:
 *
 * <pre>{@code
 * try (Pause pause = coordinator.pause(PauseRequest.of(StopReason.SNAPSHOT))) {
 *     // read what the others write
 * }
 * }</pre>
 *
 * <p>One pause at a time: others wait for their turn, the reason with the highest priority first. Thread-safe.
 */
public final class SafepointCoordinator {
    private static final SafepointCoordinator GLOBAL = new SafepointCoordinator();

    private static final StopReason POLL_GAPS = new StopReason("poll gaps", 0);
    private static final long BETWEEN_GAPS_MILLIS = 1;

    static {
        new Pause(null); // is loaded while nobody stands still, who might be loading it
        new Worker(null, null); // and not by a thousand threads at once, of which each waits for the one before
    }

    /** Null for the global one, which is the agent's. */
    private final Coordinator own;

    private final Registered workers;

    /** Started when it is first needed. */
    private static final class Leases {
        static final Watchdog TIMER = timer();

        private static Watchdog timer() {
            DutyThread thread = new DutyThread("checkrein-leases");
            Watchdog watchdog = new Watchdog(thread);
            thread.does(watchdog);
            return watchdog;
        }
    }

    private SafepointCoordinator() {
        own = null;
        workers = null;
    }

    private SafepointCoordinator(Registered workers) {
        this.workers = workers;
        this.own =
                new Coordinator(workers, PollHold.NONE, (action, nanos) -> Leases.TIMER.after(nanos, action)::callOff);
    }

    /** That of the agent, for all threads of this JVM, in whichever class loader their code is. */
    public static SafepointCoordinator global() {
        return GLOBAL;
    }

    /** One of your own, without workers. */
    public static SafepointCoordinator create() {
        return new SafepointCoordinator(new Registered());
    }

    /**
     * Waits for the turn, stops the selected threads, and returns when they have stopped. Interrupts do not end it; they are kept.
     *
     * @throws PauseTimeoutException if that took longer than the request allows; it tells of whom it waited for
     * @throws IllegalStateException if the calling thread holds a pause of this coordinator already, or what selects the threads
     *     failed; and for the global one if the agent is not installed, or was told not to poll at entries
     */
    public Pause pause(PauseRequest request) throws PauseTimeoutException {
        return new Pause(held(request.order(false)));
    }

    /**
     * As {@link #pause}, but empty at once if another pause is held or asked for.
     *
     * @throws PauseTimeoutException as {@link #pause}
     * @throws IllegalStateException as {@link #pause}
     */
    public Optional<Pause> tryPause(PauseRequest request) throws PauseTimeoutException {
        return Optional.ofNullable(held(request.order(true))).map(Pause::new);
    }

    private HeldPause held(PauseOrder order) throws PauseTimeoutException {
        try {
            return own == null ? Engines.current().pause(order) : own.pause(order);
        } catch (ThreadsLateException e) {
            throw timeout(order, e);
        }
    }

    private static PauseTimeoutException timeout(PauseOrder order, ThreadsLateException e) {
        return new PauseTimeoutException(
                "threads could not be paused in time for " + order.reason() + ": " + e.getMessage(), e.late());
    }

    /**
     * Has something done once for each selected thread but the calling one, without stopping them all together: by the thread itself at
     * its next poll, or, if it waits, is blocked or is in native code, by the calling thread while the other cannot come back. Returns
     * when it has been done for all. Takes the turn of a pause, and counts as one. The global coordinator's threads include those
     * of the JVM's own, and of virtual threads those that are mounted.
     *
     * @param action given the thread it is for. It runs in the middle of anything that the thread may be at: must be quick, and take
     *     no lock which that thread or another of them may hold
     * @return for how many threads it has been done
     * @throws PauseTimeoutException if that took longer than the request allows; it tells for whom it has not been done
     * @throws IllegalStateException as {@link #pause}; if the lease has ended before it was done for those that wait; and if the
     *     action threw something, which is the cause, after it has been done for all
     */
    public int handshake(PauseRequest request, Consumer<Thread> action) throws PauseTimeoutException {
        Objects.requireNonNull(action, "action");
        return handshake(request.order(false), (thread, nanos) -> action.accept(thread));
    }

    private int handshake(PauseOrder order, ObjLongConsumer<Thread> action) throws PauseTimeoutException {
        try {
            return own == null ? Engines.current().handshake(order, action) : own.handshake(order, action);
        } catch (ThreadsLateException e) {
            throw timeout(order, e);
        }
    }

    /**
     * Asks all threads to poll, a thousand times a second at most, and tells how long they took and where it took longest: to find code
     * that polls too seldom. Slows the application down, but stops nobody. Counts as pauses, for the reason {@code poll gaps}.
     *
     * @param time how long to go on with that; the calling thread waits
     * @throws PauseTimeoutException if a thread did not poll within ten seconds; it tells which
     * @throws IllegalArgumentException if the time is not positive or longer than 292 years
     * @throws InterruptedException if the calling thread was interrupted
     * @throws IllegalStateException as {@link #pause}
     */
    public PollGaps pollGaps(Duration time) throws PauseTimeoutException, InterruptedException {
        return pollGaps(PauseRequest.of(POLL_GAPS), time);
    }

    /** Not private for the tests, which cannot wait ten seconds. */
    PollGaps pollGaps(PauseRequest request, Duration time) throws PauseTimeoutException, InterruptedException {
        long nanos = PauseRequest.nanos("time", time);
        long start = System.nanoTime();
        PauseOrder order = request.order(true);
        handshake(order, (thread, sinceAsked) -> {}); // has all get ready for it that the first one needs
        GapStatistics gaps = new GapStatistics();
        do {
            if (handshake(order, gaps) != PauseOrder.REFUSED) {
                gaps.stopped();
            }
            Thread.sleep(BETWEEN_GAPS_MILLIS); // the application is to get on between
        } while (System.nanoTime() - start < nanos);
        return PollGaps.of(gaps.figures());
    }

    /**
     * Stands still if a pause wants the calling thread, a worker, until it is over. Costs a volatile read if there is none. Does nothing
     * for the global coordinator: what the agent has rewritten polls by itself.
     */
    public void poll() {
        if (own != null && own.isPending()) {
            own.atPoll(PollCode.LOOP);
        }
    }

    /**
     * Makes the calling thread one that pauses wait for until it polls. If there is a pause, returns when it is over.
     *
     * @throws IllegalStateException if the thread is one already
     * @throws UnsupportedOperationException for the global one, which finds all threads by itself
     */
    public Worker registerWorker() {
        if (own == null) {
            throw new UnsupportedOperationException(
                    "the global coordinator finds all threads by itself. Workers register with one of their own: create()");
        }
        Worker worker = new Worker(own, workers.add());
        poll();
        return worker;
    }

    /** How many workers are registered; none for the global one. */
    public int workerCount() {
        return own == null ? 0 : workers.size();
    }

    /** What its pauses took so far. */
    public PauseStats stats() {
        return PauseStats.of(
                own == null ? Engines.current().pauseStats() : own.statistics().figures());
    }

    /** Begins the statistics anew. Of a pause that is held the rest is counted. */
    public void resetStats() {
        if (own == null) {
            Engines.current().resetPauseStats();
        } else {
            own.statistics().reset();
        }
    }
}
