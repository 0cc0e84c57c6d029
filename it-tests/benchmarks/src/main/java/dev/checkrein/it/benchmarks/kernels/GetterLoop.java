package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** A loop around a getter. */
public final class GetterLoop implements Kernel {
    private final Box box = new Box(17);

    @Override
    public long run() {
        int x = 1;
        for (int i = 0; i < 10_000; i++) {
            x = x * 31 + box.value();
        }
        return x;
    }

    private static final class Box {
        private final int value;

        Box(int value) {
            this.value = value;
        }

        int value() {
            return value;
        }
    }
}
