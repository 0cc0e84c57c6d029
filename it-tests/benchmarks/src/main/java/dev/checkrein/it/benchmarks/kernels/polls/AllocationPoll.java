package dev.checkrein.it.benchmarks.kernels.polls;

import dev.checkrein.it.benchmarks.Kernel;

/** An object for each turn. It has its poll only where loops are not polled and nothing is elided. */
public final class AllocationPoll implements Kernel {
    private Object last;

    @Override
    public long run() {
        for (int i = 0; i < LoopPoll.TURNS; i++) {
            last = new Object();
        }
        return last.hashCode();
    }
}
