package dev.checkrein;

/**
 * Which threads are in calls of a scope. A list of our own, under a lock in which nothing polls and nothing is allocated: whoever
 * pauses threads may ask while they stand still, and calls end when there is no memory left. Thread-safe.
 */
final class RunningCalls {
    private final Object lock = new Object();

    /** Before the first and behind the last. */
    private final Call ends = new Call(null);

    /** One of them. */
    static final class Call {
        private final Thread thread;
        private Call previous = this;
        private Call next = this;

        private Call(Thread thread) {
            this.thread = thread;
        }
    }

    /** The calling thread begins one. */
    Call begin() {
        Call call = new Call(Thread.currentThread());
        synchronized (lock) {
            call.next = ends.next;
            call.previous = ends;
            ends.next.previous = call;
            ends.next = call;
        }
        return call;
    }

    /** It has ended. */
    void end(Call call) {
        synchronized (lock) {
            call.previous.next = call.next;
            call.next.previous = call.previous;
        }
    }

    /** Whether a thread is in one. */
    boolean contain(Thread thread) {
        synchronized (lock) {
            for (Call call = ends.next; call != ends; call = call.next) {
                if (call.thread == thread) {
                    return true;
                }
            }
            return false;
        }
    }
}
