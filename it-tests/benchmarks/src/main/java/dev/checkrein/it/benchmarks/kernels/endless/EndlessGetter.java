package dev.checkrein.it.benchmarks.kernels.endless;

import dev.checkrein.it.benchmarks.Kernel;

/** A loop around a getter. */
public final class EndlessGetter implements Kernel {
    private final Box box = new Box(17);

    @Override
    public long run() {
        int x = 1;
        while (true) {
            x = x * 31 + box.value();
        }
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
