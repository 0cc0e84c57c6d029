package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** Sums an array: vectorised, two loads a cycle. A poll that stays in the loop shows at once. */
public final class ArraySum implements Kernel {
    private final int[] values = new int[16_384];

    public ArraySum() {
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 31;
        }
    }

    @Override
    public long run() {
        int sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }
}
