package dev.checkrein.internal.cancel;

/**
 * What ends calls whose threads have no room on their stacks to be ended as others are. Recursion that catches its
 * {@code StackOverflowError} at each level, and tries again, turns at the end of the stack for ever: to come back up as far as a
 * walk over the stack needs would take it longer than anybody lives.
 *
 * <p>The walk is then done from outside, by the delivery, and the error is made there. What is thrown takes the place of the
 * {@code StackOverflowError} that the poll would have died of, so it strikes nowhere where that could not strike.
 */
final class LastResorts {
    /** Of the last one that found no room. One that goes on finding none will be the last one again. */
    volatile Thread withoutRoom;

    /** Of a list, to be read without a lock. */
    volatile Entry first;

    /** What a thread is to throw. Always the same object, since there is no room to make another. */
    static final class Entry {
        final Thread thread;
        final ThreadCalls calls;
        final Error error;
        volatile Entry next;

        private Entry(Thread thread, ThreadCalls calls, Error error) {
            this.thread = thread;
            this.calls = calls;
            this.error = error;
        }
    }

    boolean areNeededBy(Thread thread) {
        return withoutRoom == thread;
    }

    synchronized Entry add(Thread thread, ThreadCalls calls, Error error) {
        Entry entry = new Entry(thread, calls, error);
        entry.next = first;
        first = entry;
        return entry;
    }

    /** By the entry's thread, so that it does not look meanwhile; others may. */
    synchronized void remove(Entry entry) {
        if (withoutRoom == entry.thread) {
            withoutRoom = null;
        }
        if (first == entry) {
            first = entry.next;
            return;
        }
        for (Entry other = first; other != null; other = other.next) {
            if (other.next == entry) {
                other.next = entry.next;
            }
        }
    }
}
