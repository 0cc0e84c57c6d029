package dev.checkrein.internal.pause;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;

/**
 * Something to be done once for each thread of a round: by the thread itself at a poll, or by the requester for one that is
 * outside. Whoever claims a thread does it, and nobody does once it is closed. Thread-safe.
 */
final class Handshake {
    private enum Progress {
        CLAIMED,
        DONE
    }

    private final ObjLongConsumer<Thread> action;

    /** When threads were asked. Written before they can know of this. */
    private long start;

    private final Map<Thread, Progress> threads = new IdentityHashMap<>();

    /** Those at work, by whom. */
    private final Map<Thread, Thread> actors = new IdentityHashMap<>();

    private Throwable failure;
    private boolean closed;

    Handshake(ObjLongConsumer<Thread> action) {
        this.action = action;
    }

    /** Threads are about to be asked. */
    void begins() {
        start = System.nanoTime();
    }

    synchronized boolean isDone(Thread thread) {
        return threads.get(thread) == Progress.DONE;
    }

    /** Whether the calling thread is in the middle of it, for itself or another. */
    synchronized boolean isAtWork() {
        return actors.containsKey(Thread.currentThread());
    }

    /** For how many it has been done. */
    synchronized int count() {
        int count = 0;
        for (Progress each : threads.values()) {
            count += each == Progress.DONE ? 1 : 0;
        }
        return count;
    }

    /** Does it for a thread, unless somebody else has or is about to. Whether it has been done here. */
    boolean doFor(Thread thread) {
        if (!claim(thread)) {
            return false;
        }
        try {
            action.accept(thread, System.nanoTime() - start);
        } catch (Throwable e) {
            failed(e);
        } finally {
            done(thread);
        }
        return true;
    }

    private synchronized boolean claim(Thread thread) {
        if (closed || threads.containsKey(thread)) {
            return false;
        }
        try {
            actors.put(Thread.currentThread(), thread);
            threads.put(thread, Progress.CLAIMED);
            return true;
        } catch (OutOfMemoryError full) {
            actors.remove(Thread.currentThread());
            failed(full); // for this thread it will not be done
            return false;
        }
    }

    private synchronized void done(Thread thread) {
        threads.put(thread, Progress.DONE);
        actors.remove(Thread.currentThread());
        notifyAll();
    }

    private synchronized void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        } else if (failure != e) {
            try {
                failure.addSuppressed(e);
            } catch (OutOfMemoryError full) {
                // The first one will do.
            }
        }
    }

    /** What the action threw, the first time, with what it threw later suppressed; or null. */
    synchronized Throwable failure() {
        return failure;
    }

    /**
     * From now on nobody begins, and when this returns nobody is at work any more, unless time is up.
     *
     * @param deadline in {@link System#nanoTime()}
     * @return those for whom somebody is still at work
     */
    synchronized List<Thread> close(long deadline) {
        closed = true;
        boolean interrupted = false;
        while (!actors.isEmpty() && deadline - System.nanoTime() > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(
                        this, Math.max(TimeUnit.MILLISECONDS.toNanos(1), deadline - System.nanoTime()));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return new ArrayList<>(actors.values());
    }
}
