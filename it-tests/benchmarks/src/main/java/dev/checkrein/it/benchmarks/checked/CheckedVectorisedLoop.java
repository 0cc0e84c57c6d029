package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.endless.VectorisedLoop;

/** {@link VectorisedLoop} with checks. */
public final class CheckedVectorisedLoop implements Kernel {
    private final float[] a = new float[4096];

    @Override
    public long run() {
        while (true) {
            for (int i = 0; i < a.length; i++) {
                if (Thread.interrupted()) {
                    throw new Interrupted();
                }
                a[i] = a[i] * 0.5f + 1;
            }
        }
    }
}
