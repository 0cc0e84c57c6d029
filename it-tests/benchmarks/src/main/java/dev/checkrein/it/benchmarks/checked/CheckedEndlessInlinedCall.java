package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.endless.EndlessInlinedCall;

/** {@link EndlessInlinedCall} with checks. */
public final class CheckedEndlessInlinedCall implements Kernel {
    @Override
    public long run() {
        int x = 1;
        while (true) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            x = mix(x);
        }
    }

    private static int mix(int x) {
        return (x ^ 0x55) * 0x9E3779B1;
    }
}
