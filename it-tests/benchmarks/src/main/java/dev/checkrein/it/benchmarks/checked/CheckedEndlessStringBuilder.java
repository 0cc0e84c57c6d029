package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.endless.EndlessStringBuilder;

/** {@link EndlessStringBuilder} with checks. */
public final class CheckedEndlessStringBuilder implements Kernel {
    private final StringBuilder text = new StringBuilder();

    @Override
    public long run() {
        text.setLength(0);
        while (true) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            if (text.length() == 1000) {
                text.setLength(0);
            }
            text.append('x');
        }
    }
}
