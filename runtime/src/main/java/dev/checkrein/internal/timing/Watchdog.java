package dev.checkrein.internal.timing;

import java.util.Arrays;

/**
 * Has things happen at their deadlines. A heap by time: a million deadlines cost no more than twenty steps when one comes or
 * goes, and nothing in between. All that is needed is allocated when a deadline is set, so that it passes however full memory
 * is by then. Thread-safe.
 */
public final class Watchdog implements Duty {
    /** What failed is tried again after this time. */
    private static final long AGAIN_NANOS = 1_000_000_000;

    /** A hundred and forty years: the difference of two times must not overflow. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

    private static final int FEW = 16;

    private final Turns turns;

    /** The children of {@code i} are at {@code 2i + 1} and {@code 2i + 2}, and no earlier than it. Guarded by the monitor. */
    private Deadline[] heap = new Deadline[FEW];

    private int size;

    public Watchdog(Turns turns) {
        this.turns = turns;
    }

    /**
     * Has something happen after a time, once, if it is not called off before.
     *
     * @param action on the watchdog's thread; if it throws, it is run again
     * @throws OutOfMemoryError if there is no room, or no thread. Then nothing has changed
     */
    public Deadline after(long nanos, Runnable action) {
        return begin(nanos, action, false);
    }

    /**
     * Has something happen after a time, and again whenever {@link Deadline#comesAfter} says, until it is called off.
     *
     * @param action as above; it says when it is to happen next, or calls itself off
     * @throws OutOfMemoryError as above
     */
    public Deadline repeatedly(long nanos, Runnable action) {
        return begin(nanos, action, true);
    }

    /** The time that it goes by. */
    public long now() {
        return turns.now();
    }

    private Deadline begin(long nanos, Runnable action, boolean repeats) {
        long pause = Math.min(nanos, LONGEST_NANOS);
        Deadline deadline = new Deadline(turns.now() + pause, action, repeats);
        add(deadline);
        try {
            turns.within(pause);
        } catch (Throwable noThread) {
            deadline.callOff();
            throw noThread;
        }
        return deadline;
    }

    private synchronized void add(Deadline deadline) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        put(deadline, size++);
        up(deadline);
    }

    @Override
    public long turn() {
        for (Deadline due = due(); due != null; due = due()) {
            try {
                due.action.run();
                if (!due.repeats) {
                    due.callOff();
                }
            } catch (Throwable later) {
                // It is still there, and its time comes again.
            }
        }
        return nanosToFirst();
    }

    /** One whose time has come, or null. It stays where it is, as one to come a while later, until it is called off. */
    private synchronized Deadline due() {
        if (size == 0 || heap[0].at - turns.now() > 0) {
            return null;
        }
        Deadline first = heap[0];
        first.at = turns.now() + AGAIN_NANOS;
        down(first);
        return first;
    }

    private synchronized long nanosToFirst() {
        return size == 0 ? NOT_UNTIL_ASKED : heap[0].at - turns.now();
    }

    private synchronized void remove(Deadline deadline) {
        if (deadline.index == Deadline.GONE) {
            return;
        }
        Deadline last = heap[--size];
        heap[size] = null;
        if (last != deadline) {
            put(last, deadline.index);
            up(last);
            down(last);
        }
        deadline.index = Deadline.GONE;
        if (size < heap.length / 4) {
            giveRoomBack();
        }
    }

    /** Half of it: what comes next finds room, and what goes next has not to be moved again. */
    private void giveRoomBack() {
        if (heap.length > FEW) {
            try {
                heap = Arrays.copyOf(heap, heap.length / 2);
            } catch (OutOfMemoryError later) {
                // With the next that goes.
            }
        }
    }

    private synchronized boolean move(Deadline deadline, long at, boolean onlyEarlier) {
        if (deadline.index == Deadline.GONE || onlyEarlier && at - deadline.at >= 0) {
            return false;
        }
        deadline.at = at;
        up(deadline);
        down(deadline);
        return true;
    }

    private void up(Deadline moving) {
        int parent = (moving.index - 1) / 2;
        while (moving.index > 0 && moving.isBefore(heap[parent])) {
            swap(moving, heap[parent]);
            parent = (moving.index - 1) / 2;
        }
    }

    private void down(Deadline moving) {
        for (Deadline child = earlierChild(moving);
                child != null && child.isBefore(moving);
                child = earlierChild(moving)) {
            swap(child, moving);
        }
    }

    private Deadline earlierChild(Deadline parent) {
        int left = 2 * parent.index + 1;
        if (left >= size) {
            return null;
        }
        int right = left + 1;
        return right < size && heap[right].isBefore(heap[left]) ? heap[right] : heap[left];
    }

    private void swap(Deadline a, Deadline b) {
        int index = a.index;
        put(a, b.index);
        put(b, index);
    }

    private void put(Deadline deadline, int index) {
        heap[index] = deadline;
        deadline.index = index;
    }

    /** Something to come. */
    public final class Deadline {
        private static final int GONE = -1;

        private final Runnable action;
        private final boolean repeats;
        private long at;
        private int index;

        private Deadline(long at, Runnable action, boolean repeats) {
            this.at = at;
            this.action = action;
            this.repeats = repeats;
        }

        /** Takes it back, if it has not come yet. For any thread. */
        public void callOff() {
            remove(this);
        }

        /** Has it come when this time has passed from now. For any thread; does nothing once it was called off. */
        public void comesAfter(long nanos) {
            move(nanos, false);
        }

        /** As {@link #comesAfter}, unless it comes earlier anyway. */
        public void comesWithin(long nanos) {
            move(nanos, true);
        }

        private void move(long nanos, boolean onlyEarlier) {
            long pause = Math.min(nanos, LONGEST_NANOS);
            if (Watchdog.this.move(this, turns.now() + pause, onlyEarlier)) {
                turns.within(pause);
            }
        }

        private boolean isBefore(Deadline other) {
            return at - other.at < 0;
        }
    }
}
