package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.Collatz;

/** {@link Collatz} with checks. */
public final class CheckedCollatz implements Kernel {
    @Override
    public long run() {
        long steps = 0;
        for (long start = 1; start <= 300; start++) {
            for (long n = start; n != 1; steps++) {
                if (Thread.interrupted()) {
                    throw new Interrupted();
                }
                n = (n & 1) == 0 ? n >> 1 : 3 * n + 1;
            }
        }
        return steps;
    }
}
