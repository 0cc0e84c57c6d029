package dev.checkrein.it.benchmarks.kernels.endless;

import java.util.concurrent.atomic.AtomicLong;

/** A loop that another thread can see make progress. */
public final class CountingLoop {
    private final AtomicLong turns = new AtomicLong();
    private long next;

    /** How often it has gone round, by any thread. */
    public long turns() {
        return turns.get();
    }

    /** Goes round once. */
    public void turn() {
        turns.lazySet(++next);
    }

    /** Goes round. */
    public void runForEver() {
        while (next >= 0) {
            turn();
        }
    }
}
