package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** {@code y = a x + y}: vectorised, with stores. */
public final class Saxpy implements Kernel {
    private final float[] x = new float[8192];
    private final float[] y = new float[8192];

    public Saxpy() {
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 8192f;
        }
    }

    @Override
    public long run() {
        float a = 0.5f;
        for (int i = 0; i < y.length; i++) {
            y[i] = a * x[i] + y[i] * a;
        }
        return (long) y[100];
    }
}
