package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.endless.EndlessArrayList;
import java.util.ArrayList;
import java.util.Collections;

/** {@link EndlessArrayList} with checks. */
public final class CheckedEndlessArrayList implements Kernel {
    private final ArrayList<Integer> list = new ArrayList<>(Collections.nCopies(1000, 7));
    private long sum;

    @Override
    public long run() {
        long x = 0;
        for (int i = 0; ; i = i + 1 == list.size() ? 0 : i + 1) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            x += list.get(i);
            if (x == -1) {
                sum = x;
            }
        }
    }

    @Override
    public String toString() {
        return "sum " + sum;
    }
}
