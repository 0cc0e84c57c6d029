package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** A loop around a static call that the JIT inlines: a leaf loop to it. */
public final class InlinedCallLoop implements Kernel {
    @Override
    public long run() {
        int x = 1;
        for (int i = 0; i < 10_000; i++) {
            x = mix(x, i);
        }
        return x;
    }

    private static int mix(int x, int i) {
        return (x ^ i) * 0x9E3779B1;
    }
}
