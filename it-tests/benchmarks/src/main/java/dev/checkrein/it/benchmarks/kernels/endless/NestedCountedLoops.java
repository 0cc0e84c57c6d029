package dev.checkrein.it.benchmarks.kernels.endless;

import dev.checkrein.it.benchmarks.Kernel;

/** Three counted loops, one in the other: to some collectors one long stretch without a safepoint. */
public final class NestedCountedLoops implements Kernel {
    @Override
    public long run() {
        long x = 0;
        while (true) {
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                for (int j = 0; j < Integer.MAX_VALUE; j++) {
                    for (int k = 0; k < Integer.MAX_VALUE; k++) {
                        x += i ^ j ^ k;
                    }
                }
            }
        }
    }
}
