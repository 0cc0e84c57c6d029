package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;
import java.util.Arrays;

/** Three counted loops, the innermost vectorised. */
public final class MatrixMultiply implements Kernel {
    private static final int N = 64;

    private final float[] a = new float[N * N];
    private final float[] b = new float[N * N];
    private final float[] c = new float[N * N];

    public MatrixMultiply() {
        for (int i = 0; i < N * N; i++) {
            a[i] = i % 7;
            b[i] = i % 11;
        }
    }

    @Override
    public long run() {
        Arrays.fill(c, 0);
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < N; k++) {
                float aik = a[i * N + k];
                for (int j = 0; j < N; j++) {
                    c[i * N + j] += aik * b[k * N + j];
                }
            }
        }
        return (long) c[N + 1];
    }
}
