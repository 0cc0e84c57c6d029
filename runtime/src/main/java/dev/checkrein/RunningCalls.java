package dev.checkrein;

/**
 * Which threads are in calls of a scope. Under a lock in which nothing polls and nothing is allocated: whoever pauses threads may ask
 * while they stand still, and calls end when there is no memory left. Thread-safe.
 */
final class RunningCalls {
    private final Object lock = new Object();

    /** Before the first and behind the last. */
    private final Link<Thread> ends = new Link<>(null);

    /** The calling thread begins one. */
    Link<Thread> begin() {
        Link<Thread> call = new Link<>(Thread.currentThread());
        synchronized (lock) {
            call.linkBefore(ends.next());
        }
        return call;
    }

    /** It has ended. */
    void end(Link<Thread> call) {
        synchronized (lock) {
            call.unlink();
        }
    }

    boolean areNone() {
        synchronized (lock) {
            return ends.next() == ends;
        }
    }

    /** Whether a thread is in one. */
    boolean contain(Thread thread) {
        synchronized (lock) {
            for (Link<Thread> call = ends.next(); call != ends; call = call.next()) {
                if (call.item() == thread) {
                    return true;
                }
            }
            return false;
        }
    }
}
