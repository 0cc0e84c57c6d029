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
 * <p>The links are our own for the reason given in {@link CancellationToken}: a task may be run by its submitter, who may be in a
 * scope. They are made with the task, since one that begins has nowhere to tell that there is no memory.
 */
final class BegunTasks {
    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final Object lock = new Object();

    /** Before the first and behind the last. */
    private final Entry begun = new Entry(null);

    /** Before the first and behind the last of those that came while closing. */
    private final Entry turnedAway = new Entry(null);

    private State state = State.OPEN;

    /** A task's place. */
    static final class Entry {
        private final CancellableTask<?> task;
        private Entry previous = this;
        private Entry next = this;

        Entry(CancellableTask<?> task) {
            this.task = task;
        }

        private boolean isLinked() {
            return next != this;
        }

        private void linkBefore(Entry node) {
            next = node;
            previous = node.previous;
            previous.next = this;
            node.previous = this;
        }

        private void unlink() {
            previous.next = next;
            next.previous = previous;
            previous = this;
            next = this;
        }
    }

    /**
     * For the thread that is to run the task, which must not if this is false: another runs it, it is left to whoever shuts down, or
     * it is cancelled.
     */
    boolean begin(Entry entry) {
        synchronized (lock) {
            if (entry.isLinked()) {
                return false;
            }
            if (state == State.OPEN || entry.task.isHandedBack()) {
                entry.linkBefore(begun);
                return true;
            }
            if (state == State.CLOSING) {
                entry.linkBefore(turnedAway);
                return false;
            }
        }
        entry.task.cancel(true);
        return false;
    }

    /** It has ended. */
    void end(Entry entry) {
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
            for (Entry entry = begun.next; entry != begun; entry = entry.next) {
                tasks.add(entry.task);
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
                Entry first = turnedAway.next;
                tasks.add(first.task);
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
