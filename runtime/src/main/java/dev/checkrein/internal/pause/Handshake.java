package dev.checkrein.internal.pause;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Something to be done once for each thread of a round: by the thread itself at a poll, or by the requester for one that is
 * outside. Whoever claims a thread does it. Thread-safe.
 */
final class Handshake {
    private final Consumer<Thread> action;

    /** Threads that are claimed, and whether it has been done. */
    private final Map<Thread, Boolean> threads = new ConcurrentHashMap<>();

    private Throwable failure;

    Handshake(Consumer<Thread> action) {
        this.action = action;
    }

    boolean isDone(Thread thread) {
        return threads.get(thread) == Boolean.TRUE;
    }

    /** For how many it has been done. */
    int count() {
        int count = 0;
        for (Boolean done : threads.values()) {
            count += done ? 1 : 0;
        }
        return count;
    }

    /** Does it for a thread, unless somebody else has or is about to. Whether it has been done here. */
    boolean doFor(Thread thread) {
        try {
            if (threads.putIfAbsent(thread, Boolean.FALSE) != null) {
                return false;
            }
        } catch (OutOfMemoryError full) {
            return false; // the requester will, or will fail for the same reason
        }
        try {
            action.accept(thread);
        } catch (Throwable e) {
            failed(e);
        }
        threads.put(thread, Boolean.TRUE);
        return true;
    }

    private synchronized void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        } else if (failure != e) {
            failure.addSuppressed(e);
        }
    }

    /** What the action threw, the first time, with what it threw later suppressed; or null. */
    synchronized Throwable failure() {
        return failure;
    }
}
