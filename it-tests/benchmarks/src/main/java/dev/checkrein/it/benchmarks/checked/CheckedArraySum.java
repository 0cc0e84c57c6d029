package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.ArraySum;

/** {@link ArraySum} with checks. */
public final class CheckedArraySum implements Kernel {
    private final int[] values = new int[16_384];

    public CheckedArraySum() {
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 31;
        }
    }

    @Override
    public long run() {
        int sum = 0;
        for (int value : values) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            sum += value;
        }
        return sum;
    }
}
