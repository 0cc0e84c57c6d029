package dev.checkrein.it.programs.soak;

import java.util.concurrent.ThreadLocalRandom;

/** Where a worker is in its work. Written by the worker, read by who cancels it. */
final class Place {
    /** A loop as long as it takes to cancel what is in it, now and then. */
    private static final int LONGEST_WORK = 3_000;

    private static final int LONG_EVERY = 8;
    private static final int LONGEST_OTHERWISE = 100;

    /** The parts of a step. */
    enum Part {
        BETWEEN,
        INSIDE,
        CLEANUP
    }

    private volatile Part part = Part.BETWEEN;
    private long sink;

    Part part() {
        return part;
    }

    /** In what cleanup is for. */
    void inside() {
        part = Part.INSIDE;
    }

    void cleanup() {
        part = Part.CLEANUP;
    }

    void between() {
        part = Part.BETWEEN;
    }

    /** Takes a little while, and polls by a loop, by calls and by allocations. */
    void work() {
        int turns = next(next(LONG_EVERY) == 0 ? LONGEST_WORK : LONGEST_OTHERWISE);
        for (int i = 0; i < turns; i++) {
            sink += mixed(i).length;
        }
    }

    private int[] mixed(int i) {
        return new int[] {i, (int) sink};
    }

    int next(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }
}
