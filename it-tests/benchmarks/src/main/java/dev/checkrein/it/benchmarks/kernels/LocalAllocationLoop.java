package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** A loop around an allocation that the JIT takes apart, because the object does not escape. */
public final class LocalAllocationLoop implements Kernel {
    @Override
    public long run() {
        long sum = 0;
        for (int i = 0; i < 10_000; i++) {
            Point point = new Point(i, sum);
            sum = point.x * 3 ^ point.y;
        }
        return sum;
    }

    private static final class Point {
        final long x;
        final long y;

        Point(long x, long y) {
            this.x = x;
            this.y = y;
        }
    }
}
