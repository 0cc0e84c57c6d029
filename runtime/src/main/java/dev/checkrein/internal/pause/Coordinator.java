package dev.checkrein.internal.pause;

import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.ThreadsLateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

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

    private final Population population;
    private final PollHold hold;

    /** Has something done in so many nanoseconds, by a thread that no pause stops; what it returns calls that off. */
    private final BiFunction<Runnable, Long, Runnable> timer;

    private final PauseQueue turns = new PauseQueue();
    private volatile Round current;

    /** The last one. Whoever has the turn. */
    private Round before = new Round("none", null, thread -> false);

    public Coordinator(Population population, PollHold hold, BiFunction<Runnable, Long, Runnable> timer) {
        this.population = population;
        this.hold = hold;
        this.timer = timer;
        before.release();
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
        Thread self = Thread.currentThread();
        for (Round round = current; round != null && round.wantsCaller(); round = current) {
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
        if (turns.isOf(Thread.currentThread())) {
            throw new IllegalStateException(
                    "this thread holds a pause already, or asks for one: a pause cannot be asked for"
                            + " within another of the same coordinator. Close the first one before");
        }
        long start = System.nanoTime();
        long deadline =
                order.limitNanos() == PauseOrder.UNLIMITED ? start + Long.MAX_VALUE / 2 : start + order.limitNanos();
        PauseQueue.Ticket ticket =
                order.orRefuse() ? turns.tryTake(order.priority()) : turns.take(order.priority(), deadline);
        if (ticket == null && order.orRefuse()) {
            return null;
        }
        if (ticket == null) {
            throw new ThreadsLateException("another pause was held or asked for all the time", Map.of());
        }
        boolean held = false;
        try {
            HeldPause pause = stop(order, deadline);
            held = true;
            return pause;
        } finally {
            if (!held) {
                turns.end();
            }
        }
    }

    private HeldPause stop(PauseOrder order, long deadline) throws ThreadsLateException {
        population.prepare();
        Round round = new Round(order.reason(), Thread.currentThread(), order.selected());
        Held pause = new Held(this, round);
        List<Thread> late = null;
        try {
            current = round;
            hold.begin();
            round.keep(before);
            late = await(round, deadline);
            if (late.isEmpty()) {
                pause.lease(
                        order.leaseNanos() == PauseOrder.UNLIMITED
                                ? null
                                : timer.apply(pause::close, order.leaseNanos()));
                return pause;
            }
            Map<Thread, StackTraceElement[]> stacks = new LinkedHashMap<>();
            late.forEach(thread -> stacks.put(thread, thread.getStackTrace()));
            throw new ThreadsLateException("still running: " + names(late), stacks);
        } finally {
            if (late == null || !late.isEmpty()) {
                letGo(round);
            }
        }
    }

    private static String names(List<Thread> threads) {
        StringBuilder names = new StringBuilder();
        for (Thread thread : threads) {
            names.append(names.isEmpty() ? "\"" : ", \"")
                    .append(thread.getName())
                    .append('"');
        }
        return names.toString();
    }

    /** Returns those that were late; nobody if all have stopped. */
    private List<Thread> await(Round round, long deadline) {
        long wait = SHORTEST_WAIT_NANOS;
        boolean interrupted = false;
        for (int turn = 0; ; turn++) {
            int arrived = round.arrivedCount();
            List<Thread> running = population.running(round, turn);
            boolean still = arrived == round.arrivedCount(); // nobody let another go while this one was looking
            if (running.isEmpty() && still && round.stopInitialisers()) {
                continue; // one of them may have run on just now
            }
            if (running.isEmpty() && still || deadline - System.nanoTime() <= 0) {
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

    private void letGo(Round round) {
        current = null;
        hold.end();
        before = round;
        round.release();
        population.over();
    }

    /** By whichever thread comes first: the one that closes it, or the one that keeps its lease. */
    void end(Round round) {
        letGo(round);
        turns.end();
    }
}
