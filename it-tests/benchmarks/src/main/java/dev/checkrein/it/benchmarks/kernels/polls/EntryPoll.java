package dev.checkrein.it.benchmarks.kernels.polls;

import dev.checkrein.it.benchmarks.Kernel;

/** The emptiest recursion: a poll at each entry, and no loop. */
public final class EntryPoll implements Kernel {
    /** How deep it goes, within any stack. */
    private static final int DEPTH = 100;

    private long x = 1;

    @Override
    public long run() {
        for (int i = 0; i < LoopPoll.TURNS / DEPTH; i++) {
            descend(DEPTH);
        }
        return x;
    }

    private void descend(int depth) {
        x = x * 31 + depth;
        if (depth > 1) {
            descend(depth - 1);
        }
    }
}
