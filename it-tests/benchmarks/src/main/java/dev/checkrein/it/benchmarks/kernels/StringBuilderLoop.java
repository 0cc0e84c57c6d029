package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** A loop around {@code StringBuilder.append}. */
public final class StringBuilderLoop implements Kernel {
    private final StringBuilder text = new StringBuilder(10_000);

    @Override
    public long run() {
        text.setLength(0);
        for (int i = 0; i < 10_000; i++) {
            text.append((char) ('a' + (i & 15)));
        }
        return text.length() + text.charAt(77);
    }
}
