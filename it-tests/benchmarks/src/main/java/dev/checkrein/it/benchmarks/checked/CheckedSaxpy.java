package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.Saxpy;

/** {@link Saxpy} with checks. */
public final class CheckedSaxpy implements Kernel {
    private final float[] x = new float[8192];
    private final float[] y = new float[8192];

    public CheckedSaxpy() {
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 8192f;
        }
    }

    @Override
    public long run() {
        float a = 0.5f;
        for (int i = 0; i < y.length; i++) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            y[i] = a * x[i] + y[i] * a;
        }
        return (long) y[100];
    }
}
