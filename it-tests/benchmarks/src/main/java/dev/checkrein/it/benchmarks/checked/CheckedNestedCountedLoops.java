package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.endless.NestedCountedLoops;

/** {@link NestedCountedLoops} with checks. */
public final class CheckedNestedCountedLoops implements Kernel {
    @Override
    public long run() {
        long x = 0;
        while (true) {
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                for (int j = 0; j < Integer.MAX_VALUE; j++) {
                    for (int k = 0; k < Integer.MAX_VALUE; k++) {
                        if (Thread.interrupted()) {
                            throw new Interrupted();
                        }
                        x += i ^ j ^ k;
                    }
                }
            }
        }
    }
}
