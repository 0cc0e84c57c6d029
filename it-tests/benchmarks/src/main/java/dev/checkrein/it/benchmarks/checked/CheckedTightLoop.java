package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.endless.TightLoop;

/** {@link TightLoop} with checks. */
public final class CheckedTightLoop implements Kernel {
    @Override
    public long run() {
        long x = 0;
        while (true) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            x += 3;
        }
    }
}
