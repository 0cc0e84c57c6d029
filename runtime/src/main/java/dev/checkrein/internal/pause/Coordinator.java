package dev.checkrein.internal.pause;

import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.bridge.ThreadsLateException;
import dev.checkrein.internal.statistics.PauseStatistics;
import dev.checkrein.internal.statistics.ReasonStatistics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.ObjLongConsumer;

/**
 * Runs pauses, one after another. A pause makes polls ask, waits until all who are wanted have arrived or are outside, and is then
 * held until it is closed or its lease ends; then everybody is let go.
 *
 * <p>Memory ordering. Arming writes {@link #current} and after it what polls look at, both volatile, and only then looks at
 * threads: a thread that is seen outside reads both after it has come back, and the JVM has a full fence on that way (out of
 * native code, out of a wait). A thread that is not seen outside is waited for. Thread-safe.
 */
public final class Coordinator {
    /** Waking up takes longer than this, and the first to come often comes sooner. */
    private static final long SPIN_NANOS = 20_000;

    /** How long it waits between looks at those that still run; twice as long each time. */
    private static final long SHORTEST_WAIT_NANOS = 300_000;

    private static final long LONGEST_WAIT_NANOS = 10_000_000;

    /** What is longer is taken for unlimited. */
    private static final long LONGEST_LIMIT_NANOS = Long.MAX_VALUE / 4;

    /** How much later than its requester another thread ends what has run out of time. */
    private static final long GRACE_NANOS = 100_000_000;

    /** Who has not woken by then waits for one that does not run. */
    private static final long LEFT_BEHIND_NANOS = 100_000_000;

    private static final Runnable NOTHING_KEPT = () -> {};

    private final Population population;
    private final PollHold hold;

    /** Has something done in so many nanoseconds, by a thread that no pause stops; what it returns calls that off. */
    private final BiFunction<Runnable, Long, Runnable> timer;

    private final PauseQueue turns = new PauseQueue();
    private final PauseStatistics statistics = new PauseStatistics();
    private volatile Round current;

    /** What the turn has led to, or null as long as threads have not stopped. */
    private volatile Held held;

    /** The last one. Written by whoever has the turn. */
    private volatile Round before = Round.none();

    /** Whether somebody will look, in a while, if all have gone on. */
    private final AtomicBoolean lookingAfter = new AtomicBoolean();

    public Coordinator(Population population, PollHold hold, BiFunction<Runnable, Long, Runnable> timer) {
        this.population = population;
        this.hold = hold;
        this.timer = timer;
    }

    /** What pauses took. */
    public PauseStatistics statistics() {
        return statistics;
    }

    /** Whether a thread that polls may have to stand still. */
    public boolean isPending() {
        return current != null;
    }

    /**
     * What a poll does while a pause is {@linkplain #isPending pending}: stands still for as long as the calling thread is wanted.
     *
     * @param poll a {@link dev.checkrein.internal.bridge.PollCode}
     */
    public void atPoll(int poll) {
        if (!population.containsCaller()) {
            return;
        }
        Thread self = Thread.currentThread();
        try {
            StackRoom.ensureToStandStill();
        } catch (StackOverflowError later) {
            spinWhileHeld();
            return; // or it has not arrived, so it is waited for until it polls where there is room
        }
        for (Round round = current; round != null; round = current) {
            if (!round.wantsCaller()) {
                if (round == current) {
                    return;
                }
                continue; // it may be over, and the next one has begun
            }
            if (round.isDoneByCaller()) {
                continue;
            }
            Arrival arrival;
            try {
                arrival = new Arrival(self, poll, round);
            } catch (OutOfMemoryError full) {
                LockSupport.parkNanos(round, SHORTEST_WAIT_NANOS); // and is taken for one who waits outside
                LockSupport.unpark(self); // a permit that was spent, see Arrival.await
                continue;
            }
            if (round.arrive(arrival)) {
                arrival.await();
            }
        }
    }

    /** One that was outside, and is back, must not run on; to stand still as it should takes more stack than it has. */
    private void spinWhileHeld() {
        try {
            for (Round round = current; round != null && round.isHolding() && round.wantsCaller(); round = current) {
                Thread.onSpinWait();
            }
        } catch (StackOverflowError notEvenThat) {
            // It goes on to where there is room.
        }
    }

    /** Somebody need not be waited for any more. */
    public void changed() {
        Round round = current;
        if (round != null) {
            round.wakeRequester();
        }
    }

    /**
     * Pauses.
     *
     * @return null if another pause is held or asked for, and the order is to be refused then
     * @throws ThreadsLateException if not all have stopped in time; nobody is left standing
     * @throws IllegalStateException if the calling thread holds a pause already
     */
    public HeldPause pause(PauseOrder order) throws ThreadsLateException {
        return pause(order, null);
    }

    /**
     * Has something done once for each of the threads: by themselves at their next poll, and for those that are outside by the
     * calling thread, while they cannot come back.
     *
     * @param action is given the thread, and how many nanoseconds ago threads were asked
     * @return for how many; or {@link PauseOrder#REFUSED}
     * @throws ThreadsLateException as {@link #pause}; for others it has been done
     * @throws IllegalStateException as {@link #pause}
     */
    public int handshake(PauseOrder order, ObjLongConsumer<Thread> action) throws ThreadsLateException {
        Handshake handshake = new Handshake(action);
        long deadline = deadline(order);
        List<Thread> unfinished = List.of();
        try {
            Held pause = pause(order, handshake);
            if (pause == null) {
                return PauseOrder.REFUSED;
            }
            try {
                doForThoseOutside(pause, handshake);
            } finally {
                unfinished = handshake.close(deadline);
                pause.close();
            }
        } finally {
            handshake.close(System.nanoTime()); // nobody begins any more
        }
        Throwable failure = handshake.failure();
        if (failure != null) {
            throw new IllegalStateException("what was to be done has failed: " + failure, failure);
        }
        if (!unfinished.isEmpty()) {
            throw ThreadsLateException.stillRunning(unfinished);
        }
        return handshake.count();
    }

    private void doForThoseOutside(Held pause, Handshake handshake) {
        for (Thread thread : population.all()) {
            boolean wanted = pause.round().wants(thread);
            checkPredicate(pause.round());
            if (!pause.isHeld()) {
                throw new IllegalStateException("the lease has ended before it was done for all threads");
            }
            if (wanted) {
                handshake.doFor(thread);
            }
        }
    }

    private static void checkPredicate(Round round) {
        Throwable failure = round.takeFailure();
        if (failure != null) {
            throw new IllegalStateException("what selects the threads to be paused has failed: " + failure, failure);
        }
    }

    private static long deadline(PauseOrder order) {
        long now = System.nanoTime();
        return order.limitNanos() == PauseOrder.UNLIMITED ? now + Long.MAX_VALUE / 2 : now + order.limitNanos();
    }

    private Held pause(PauseOrder order, Handshake handshake) throws ThreadsLateException {
        Held last = held;
        Round now = current;
        if (turns.isOf(Thread.currentThread()) && (last == null || last.isHeld())
                || now != null && now.isCallerAtWork()) {
            throw new IllegalStateException(
                    "this thread holds a pause already, or asks for one: a pause cannot be asked for"
                            + " within another of the same coordinator. Close the first one before");
        }
        StackRoom.ensure();
        long deadline = deadline(order);
        PauseQueue.Ticket ticket = order.orRefuse() ? turns.tryTake(order.priority()) : waitForTurn(order, deadline);
        if (ticket == null && order.orRefuse()) {
            return null;
        }
        if (ticket == null) {
            throw new ThreadsLateException("another pause was held or asked for all the time", Map.of());
        }
        held = null;
        Held mine = null; // the field may be another's before this returns
        try {
            mine = stop(order, handshake, deadline);
            return mine;
        } finally {
            if (mine == null) {
                turns.end();
            }
        }
    }

    /** Two workers may ask at once: whose turn it is not counts as stopped, and stops if it gives up. */
    private PauseQueue.Ticket waitForTurn(PauseOrder order, long deadline) {
        population.callerWaits(true);
        changed();
        PauseQueue.Ticket ticket = null;
        try {
            ticket = turns.take(order.priority(), deadline);
            return ticket;
        } finally {
            population.callerWaits(false);
            if (ticket == null) {
                atPoll(PollCode.RETURN); // it was not waited for
            }
        }
    }

    /** What may link code or load classes comes before threads are asked: one that stands still may hold the lock for that. */
    private Held stop(PauseOrder order, Handshake handshake, long deadline) throws ThreadsLateException {
        long start = System.nanoTime();
        population.prepare();
        long end = deadline + (System.nanoTime() - start); // that was no waiting for threads
        ReasonStatistics record = statistics.of(order.reason());
        Round round = new Round(order.reason(), Thread.currentThread(), order.selected(), record, handshake);
        Held pause = new Held(this, round);
        Runnable timeIsKept = keepTime(round, end);
        if (handshake != null) {
            handshake.begins();
        }
        List<Thread> late;
        boolean stopped = false;
        try {
            current = round;
            hold.begin();
            round.polled();
            round.keep(before);
            late = await(round, end);
            if (late.isEmpty() && round.failure() == null && round.holds()) {
                held = pause; // before its lease begins, and with that the next one's turn may
                pause.lease(timer, order.leaseNanos());
                stopped = true;
                round.recordStop();
                return pause;
            }
        } finally {
            timeIsKept.run();
            if (!stopped) {
                pause.doesNotHold();
                round.holdsNoMore();
                giveUp(round);
                population.over();
            }
        }
        checkPredicate(round);
        if (record != null) {
            record.timedOut();
        }
        throw ThreadsLateException.stillRunning(late);
    }

    /** Returns those that were late; nobody if all have stopped. */
    private List<Thread> await(Round round, long deadline) {
        long wait = SHORTEST_WAIT_NANOS;
        boolean interrupted = false;
        for (int turn = 0; ; turn++) {
            int arrived = round.arrivedCount();
            List<Thread> running = population.running(round, turn);
            boolean over = !running.isEmpty() && deadline - System.nanoTime() <= 0;
            // The last look must find nobody running, nobody who arrived meanwhile, having let another go, and no
            // initialiser.
            boolean stable = running.isEmpty() && arrived == round.arrivedCount() && !round.stopInitialisers();
            if (over || stable) {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return running;
            }
            if (!running.isEmpty()) {
                population.hurry(round, running, turn);
                interrupted |= sleep(round, arrived + running.size(), Math.min(wait, deadline - System.nanoTime()));
                wait = Math.min(2 * wait, LONGEST_WAIT_NANOS);
            }
        }
    }

    /**
     * Has another thread keep the time, too: this one will ask the JVM about threads, and in code that was compiled without safepoints
     * of its own there is no answer until that ends. What it returns calls that off.
     */
    private Runnable keepTime(Round round, long deadline) {
        long left = deadline - System.nanoTime();
        try {
            if (left <= LONGEST_LIMIT_NANOS) {
                return timer.apply(() -> giveUp(round), Math.max(0, left) + GRACE_NANOS);
            }
            timer.apply(NOTHING_KEPT, GRACE_NANOS).run(); // so that the lease finds it ready
        } catch (OutOfMemoryError full) {
            // This thread keeps it alone.
        }
        return NOTHING_KEPT;
    }

    /** Until this many have arrived, or for so long. Whether it was interrupted, which does not matter here. */
    private static boolean sleep(Round round, int count, long nanos) {
        long start = System.nanoTime();
        while (round.arrivedCount() < count && System.nanoTime() - start < SPIN_NANOS) {
            Thread.onSpinWait();
        }
        round.wakeRequesterAt(count);
        if (round.arrivedCount() < count) {
            LockSupport.parkNanos(round, nanos);
        }
        return Thread.interrupted();
    }

    /** Ends what does not hold yet, unless another thread has: waits until it has done so then. */
    private void giveUp(Round round) {
        synchronized (round) {
            if (round.giveUp()) {
                letGo(round);
            }
        }
    }

    private void letGo(Round round) {
        current = null;
        try {
            if (round.isPolled()) {
                hold.end();
            }
        } finally {
            before = round;
            round.release();
            lookAfterRelease(round);
        }
    }

    /** By whichever thread comes first: the one that closes it, or the one that keeps its lease. */
    void end(Round round) {
        try {
            letGo(round);
        } finally {
            population.over();
            turns.end();
            round.recordEnd();
        }
    }

    /** Somebody who waits to be woken may wait for one that does not run. The next round takes care of those of this one. */
    private void lookAfterRelease(Round round) {
        if (round.isPassedOn() && lookingAfter.compareAndSet(false, true)) {
            try {
                timer.apply(this::wakeLeftBehind, LEFT_BEHIND_NANOS);
            } catch (OutOfMemoryError full) {
                lookingAfter.set(false); // they wake one another
            }
        }
    }

    private void wakeLeftBehind() {
        lookingAfter.set(false);
        before.wakeLeftBehind();
    }
}
