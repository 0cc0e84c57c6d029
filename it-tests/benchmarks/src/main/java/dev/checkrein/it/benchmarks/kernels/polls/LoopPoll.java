package dev.checkrein.it.benchmarks.kernels.polls;

import dev.checkrein.it.benchmarks.Kernel;

/** The emptiest loop that stays a loop: a poll at its back-edge. */
public final class LoopPoll implements Kernel {
    /** How often the poll runs; the same in all three. */
    public static final int TURNS = 10_000;

    private long seed = 1;

    @Override
    public long run() {
        long x = seed;
        for (int i = 0; i < TURNS; i++) {
            x = x * 31 + i;
        }
        seed = x;
        return x;
    }
}
