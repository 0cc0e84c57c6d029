package dev.checkrein.it.benchmarks.kernels.endless;

import dev.checkrein.it.benchmarks.Kernel;

/** A loop around a static call that is inlined. */
public final class EndlessInlinedCall implements Kernel {
    @Override
    public long run() {
        int x = 1;
        while (true) {
            x = mix(x);
        }
    }

    private static int mix(int x) {
        return (x ^ 0x55) * 0x9E3779B1;
    }
}
