package dev.checkrein.internal.pause;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Whose turn it is to pause: one at a time, the most urgent first, and first come first served among equals. Waiting makes
 * urgent: no priority starves.
 */
final class PauseQueue {
    /** Waiting this long is worth one step of priority. */
    private static final long NANOS_PER_PRIORITY = 100_000_000;

    private final List<Ticket> waiting = new ArrayList<>();
    private Ticket taken;

    /** A place in the queue. */
    static final class Ticket {
        private final Thread owner;
        private final int priority;
        private final long since;
        private volatile boolean mine;

        private Ticket(Thread owner, int priority, long since) {
            this.owner = owner;
            this.priority = priority;
            this.since = since;
        }

        private long urgency(long now) {
            return priority * NANOS_PER_PRIORITY + (now - since);
        }
    }

    /** The turn at once, or null if it is another's. */
    synchronized Ticket tryTake(int priority) {
        return taken == null ? give(new Ticket(Thread.currentThread(), priority, System.nanoTime())) : null;
    }

    /**
     * Waits for the turn. Interrupts are kept for later.
     *
     * @param deadline in {@link System#nanoTime()}
     * @return null if it did not come
     */
    Ticket take(int priority, long deadline) {
        Ticket ticket = enqueue(priority);
        boolean interrupted = false;
        while (!ticket.mine && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(this, deadline - System.nanoTime());
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ticket.mine || !giveUp(ticket) ? ticket : null; // it may have been given at the last moment
    }

    private synchronized Ticket enqueue(int priority) {
        Ticket ticket = new Ticket(Thread.currentThread(), priority, System.nanoTime());
        if (taken == null) {
            return give(ticket);
        }
        waiting.add(ticket);
        return ticket;
    }

    private synchronized boolean giveUp(Ticket ticket) {
        return waiting.remove(ticket);
    }

    private Ticket give(Ticket ticket) {
        taken = ticket;
        ticket.mine = true;
        return ticket;
    }

    /** Whether it is the turn of a thread. */
    synchronized boolean isOf(Thread thread) {
        return taken != null && taken.owner == thread;
    }

    /** The turn is over. */
    synchronized void end() {
        taken = null;
        Ticket next = null;
        long now = System.nanoTime();
        for (Ticket each : waiting) {
            if (next == null || each.urgency(now) > next.urgency(now)) {
                next = each;
            }
        }
        if (next != null) {
            waiting.remove(next);
            give(next);
            LockSupport.unpark(next.owner);
        }
    }
}
