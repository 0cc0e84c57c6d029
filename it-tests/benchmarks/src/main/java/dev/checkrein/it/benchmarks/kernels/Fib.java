package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** Recursion without a loop: nothing but entries. */
public final class Fib implements Kernel {
    @Override
    public long run() {
        return fib(20);
    }

    private static int fib(int n) {
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
    }
}
