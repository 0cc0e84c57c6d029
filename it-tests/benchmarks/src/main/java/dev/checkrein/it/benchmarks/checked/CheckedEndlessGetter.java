package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.endless.EndlessGetter;

/** {@link EndlessGetter} with checks. */
public final class CheckedEndlessGetter implements Kernel {
    private final Box box = new Box(17);

    @Override
    public long run() {
        int x = 1;
        while (true) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
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
