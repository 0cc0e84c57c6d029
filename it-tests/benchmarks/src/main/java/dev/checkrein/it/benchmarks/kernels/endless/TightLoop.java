package dev.checkrein.it.benchmarks.kernels.endless;

import dev.checkrein.it.benchmarks.Kernel;

/** {@code while (true) x += 3}. */
public final class TightLoop implements Kernel {
    @Override
    public long run() {
        long x = 0;
        while (true) {
            x += 3;
        }
    }
}
