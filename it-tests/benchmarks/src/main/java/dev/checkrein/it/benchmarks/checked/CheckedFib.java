package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.Fib;

/** {@link Fib} with checks. */
public final class CheckedFib implements Kernel {
    @Override
    public long run() {
        return fib(20);
    }

    private static int fib(int n) {
        if (Thread.interrupted()) {
            throw new Interrupted();
        }
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
    }
}
