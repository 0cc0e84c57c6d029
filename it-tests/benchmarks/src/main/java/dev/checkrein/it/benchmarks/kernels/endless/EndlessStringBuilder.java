package dev.checkrein.it.benchmarks.kernels.endless;

import dev.checkrein.it.benchmarks.Kernel;

/** A loop around {@code StringBuilder.append}. */
public final class EndlessStringBuilder implements Kernel {
    private final StringBuilder text = new StringBuilder();

    @Override
    public long run() {
        text.setLength(0);
        while (true) {
            if (text.length() == 1000) {
                text.setLength(0);
            }
            text.append('x');
        }
    }
}
