package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** A loop whose end nobody can tell, with little in it. */
public final class Collatz implements Kernel {
    @Override
    public long run() {
        long steps = 0;
        for (long start = 1; start <= 300; start++) {
            for (long n = start; n != 1; steps++) {
                n = (n & 1) == 0 ? n >> 1 : 3 * n + 1;
            }
        }
        return steps;
    }
}
