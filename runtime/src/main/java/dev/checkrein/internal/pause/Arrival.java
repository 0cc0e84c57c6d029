package dev.checkrein.internal.pause;

import dev.checkrein.internal.statistics.PollSite;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A thread that stands still at a poll, for one round or for several without having run between them. */
final class Arrival {
    /** The site of one that nobody has looked at. */
    static final StackTraceElement[] NOWHERE = {};

    final Thread thread;

    /** The poll it stands at, a {@link dev.checkrein.internal.bridge.PollCode}. */
    final int poll;

    /**
     * The round it stands still for; null when it has left. Decides the race between a thread that is about to leave and the next
     * round, which would rather keep it.
     */
    private final AtomicReference<Round> round;

    /** What arrived before it in the same round. Written before it is published there. */
    Arrival next;

    /** Whether it takes part in waking the others when it has been let go. Written before the round says that it is released. */
    boolean wakesOthers;

    Arrival(Thread thread, int poll, Round round) {
        this.thread = thread;
        this.poll = poll;
        this.round = new AtomicReference<>(round);
    }

    /** Whether it stays for another round; it has not left the earlier one, and will not. */
    boolean stayFor(Round another, Round earlier) {
        return round.compareAndSet(earlier, another);
    }

    /** Lets this one go, before all others. */
    void sendOn(Round from) {
        if (round.compareAndSet(from, null)) {
            LockSupport.unpark(thread);
        }
    }

    /** By name: there is no method to ask before JDK 21. */
    boolean isVirtual() {
        return VirtualThreads.contain(thread);
    }

    /** Where it stands, from the method that polls on; nowhere if it is virtual: its stack may have to be waited for. */
    StackTraceElement[] site() {
        if (isVirtual()) {
            return NOWHERE;
        }
        return PollSite.of(thread.getStackTrace());
    }

    boolean isIn(Round some) {
        return round.get() == some;
    }

    /**
     * Stands still until let go. By the thread itself. Keeps what the application may rely on: an interrupt that came
     * before or meanwhile, and a permit to {@linkplain LockSupport#park park}, which this thread may be owed and would have
     * spent here; one too many is allowed.
     */
    void await() {
        boolean interrupted = false;
        for (Round standing = round.get(); standing != null; standing = round.get()) {
            if (!standing.isReleased()) {
                park(standing);
                interrupted |= Thread.interrupted();
            } else if (round.compareAndSet(standing, null)) {
                standing.passOn(this);
                break;
            }
        }
        LockSupport.unpark(thread);
        if (interrupted) {
            thread.interrupt();
        }
    }

    private static void park(Round standing) {
        try {
            LockSupport.park(standing);
        } catch (StackOverflowError noRoom) {
            Thread.onSpinWait(); // it has arrived, so it must not run on
        }
    }
}
