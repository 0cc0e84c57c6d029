package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.MatrixMultiply;
import java.util.Arrays;

/** {@link MatrixMultiply} with checks. */
public final class CheckedMatrixMultiply implements Kernel {
    private static final int N = 64;

    private final float[] a = new float[N * N];
    private final float[] b = new float[N * N];
    private final float[] c = new float[N * N];

    public CheckedMatrixMultiply() {
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
                    if (Thread.interrupted()) {
                        throw new Interrupted();
                    }
                    c[i * N + j] += aik * b[k * N + j];
                }
            }
        }
        return (long) c[N + 1];
    }
}
