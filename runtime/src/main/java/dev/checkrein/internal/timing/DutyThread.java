package dev.checkrein.internal.timing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that does duties, and sleeps while there is nothing to do. Started when first needed, and gone again when it has
 * had nothing to wait for: a plugin's own copy of the runtime must not keep its class loader alive.
 *
 * <p>It must go on when the heap is full, and so allocates nothing itself: that is why it is none of the JDK's executors, which
 * make an object for everything that they wait for, and lose a task or their thread when they cannot.
 */
public final class DutyThread implements Turns {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Instead of a time to wait. */
    private static final long OVER = -1;

    private final String name;
    private Duty[] duties = {};
    private boolean forGood;
    private Thread thread;

    /** Whether a turn is to be taken, and when. */
    private boolean asked;

    private long turnAt;

    /** @param name of the thread */
    public DutyThread(String name) {
        this.name = name;
    }

    /** What it does; before anything is asked of it. */
    public void does(Duty... all) {
        duties = all;
    }

    /**
     * Starts the thread now, by the agent, and keeps it. A thread holds the class loaders that were on the stack of whoever
     * created it (by its access control context, up to JDK 23): better the agent's than those of the first plugin.
     */
    public synchronized void startForGood() {
        forGood = true;
        start();
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    /** @throws OutOfMemoryError if there is no thread and none can be started. The next who asks tries again */
    @Override
    public void within(long nanos) {
        Thread asleep;
        synchronized (this) {
            long at = System.nanoTime() + nanos;
            if (!asked || at - turnAt < 0) {
                turnAt = at;
                asked = true;
            } else if (thread != null) {
                return;
            }
            if (thread == null) {
                start();
            }
            asleep = thread;
        }
        LockSupport.unpark(asleep);
    }

    private void start() {
        Thread fresh = OwnThread.daemon(this::work, name);
        fresh.start();
        thread = fresh;
    }

    private void work() {
        while (awaitTurn()) {
            for (Duty duty : duties) {
                takeTurn(duty);
            }
        }
    }

    /** Whatever is thrown: the thread goes on, and so does the duty. */
    private void takeTurn(Duty duty) {
        long pause;
        try {
            pause = duty.turn();
        } catch (Throwable failed) {
            pause = AFTER_FAILURE_NANOS;
        }
        if (pause != Duty.NOT_UNTIL_ASKED) {
            within(pause);
        }
    }

    /** Returns false if the thread is to end. */
    private boolean awaitTurn() {
        long start = System.nanoTime();
        long pause = nanosToWait(start);
        while (pause > 0) {
            LockSupport.parkNanos(this, pause);
            Thread.interrupted(); // was meant for somebody else, and would keep it from sleeping
            pause = nanosToWait(start);
        }
        return pause != OVER;
    }

    private synchronized long nanosToWait(long idleSince) {
        long now = System.nanoTime();
        if (asked && turnAt - now > 0) {
            return turnAt - now;
        }
        if (asked) {
            asked = false;
            return 0;
        }
        if (forGood) {
            return Long.MAX_VALUE;
        }
        long left = IDLE_NANOS - (now - idleSince);
        if (left > 0) {
            return left;
        }
        thread = null;
        return OVER;
    }
}
