package dev.checkrein.internal.pause;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Threads that had stopped in the middle of initialising a class, and run on to the end of that while it may be that others wait for
 * the class. Thread-safe.
 */
final class Initialisers {
    /** A class that polls all the time while it initialises itself is not to look at its stack each time. */
    private static final long LOOK_NANOS = 200_000;

    /** With the time when each was last seen to be one. */
    private final Map<Thread, Long> threads = new ConcurrentHashMap<>();

    private volatile boolean run;

    static boolean isOne(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("<clinit>")) {
                return true;
            }
        }
        return false;
    }

    /** From now on those that are {@linkplain #add added} run on. */
    void letRun() {
        run = true;
    }

    void add(Thread initialiser) {
        threads.put(initialiser, System.nanoTime());
    }

    /** From now on they stop like all others. Returns whether they were running on until now. */
    boolean stop() {
        boolean ran = run;
        run = false;
        return ran;
    }

    /** The pause is over. */
    void forget() {
        threads.clear();
    }

    /** Whether the calling thread is one that is to run on, and has not come to the end of it. */
    boolean containCaller() {
        return run && runsOn(Thread.currentThread());
    }

    private boolean runsOn(Thread self) {
        Long looked = threads.get(self);
        if (looked == null) {
            return false;
        }
        if (System.nanoTime() - looked < LOOK_NANOS) {
            return true;
        }
        boolean still = isOne(self);
        if (still) {
            add(self);
        } else {
            threads.remove(self);
        }
        return still;
    }
}
