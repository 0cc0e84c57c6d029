package dev.checkrein.it.benchmarks.kernels.endless;

import dev.checkrein.it.benchmarks.Kernel;

/** A vectorised loop, again and again. */
public final class VectorisedLoop implements Kernel {
    private final float[] a = new float[4096];

    @Override
    public long run() {
        while (true) {
            for (int i = 0; i < a.length; i++) {
                a[i] = a[i] * 0.5f + 1;
            }
        }
    }
}
