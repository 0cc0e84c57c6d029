package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** A loop around an allocation that stays one. */
public final class EscapingAllocationLoop implements Kernel {
    private final Object[] kept = new Object[256];

    @Override
    public long run() {
        long sum = 0;
        for (int i = 0; i < 10_000; i++) {
            int[] value = {i};
            kept[i & 255] = value;
            sum += value[0];
        }
        return sum;
    }
}
