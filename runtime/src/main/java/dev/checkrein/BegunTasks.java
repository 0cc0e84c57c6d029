package dev.checkrein;

import java.util.ArrayList;
import java.util.List;

/**
 * The tasks of an executor that have begun and not ended, and whether more may begin. Thread-safe.
 *
 * <p>One lock decides between a task that begins and a shutdown: a task that began before is among those that {@link #close} returns,
 * and any other finds the executor closing. It does not run then, but is returned by {@link #closed} with those that never left the
 * queue. When that list has been made a task can only come from a thread that was started for it and was late; it is cancelled.
 *
 * <p>A task may be run by its submitter, who may be in a scope: see {@link Link}. The links are made with the task, since one that
 * begins has nowhere to tell that there is no memory.
 */
final class BegunTasks {
    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final Object lock = new Object();

    /** Before the first and behind the last. */
    private final Link<CancellableTask<?>> begun = new Link<>(null);

    /** Before the first and behind the last of those that came while closing. */
    private final Link<CancellableTask<?>> turnedAway = new Link<>(null);

    private State state = State.OPEN;

    /**
     * For the thread that is to run the task, which must not if this is false: another runs it, it is left to whoever shuts down, or
     * it is cancelled.
     */
    boolean begin(Link<CancellableTask<?>> entry) {
        synchronized (lock) {
            if (entry.isLinked()) {
                return false;
            }
            if (state == State.OPEN || entry.item().isHandedBack()) {
                entry.linkBefore(begun);
                return true;
            }
            if (state == State.CLOSING) {
                entry.linkBefore(turnedAway);
                return false;
            }
        }
        entry.item().cancel(true);
        return false;
    }

    /** It has ended. */
    void end(Link<CancellableTask<?>> entry) {
        synchronized (lock) {
            entry.unlink();
        }
    }

    /** From here on none begins. Returns those that have begun. */
    List<CancellableTask<?>> close() {
        List<CancellableTask<?>> tasks = new ArrayList<>();
        synchronized (lock) {
            if (state == State.OPEN) {
                state = State.CLOSING;
            }
            for (Link<CancellableTask<?>> entry = begun.next(); entry != begun; entry = entry.next()) {
                tasks.add(entry.item());
            }
        }
        return tasks;
    }

    /** Returns those that came since {@link #close}, in that order. Those that still come are cancelled. */
    List<CancellableTask<?>> closed() {
        List<CancellableTask<?>> tasks = new ArrayList<>();
        synchronized (lock) {
            state = State.CLOSED;
            while (turnedAway.isLinked()) {
                Link<CancellableTask<?>> first = turnedAway.next();
                tasks.add(first.item());
                first.unlink();
            }
        }
        return tasks;
    }

    /** The executor goes on: tasks may begin again. Those that came meanwhile are cancelled. */
    void reopen() {
        for (CancellableTask<?> task : closed()) {
            task.cancel(true);
        }
        synchronized (lock) {
            state = State.OPEN;
        }
    }

    /** It may begin whatever the state is. */
    void handBack(CancellableTask<?> task) {
        synchronized (lock) {
            task.setHandedBack();
        }
    }
}
