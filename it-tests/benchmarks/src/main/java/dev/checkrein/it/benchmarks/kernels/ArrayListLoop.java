package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;
import java.util.ArrayList;

/** A loop around {@code ArrayList.get}, which is not rewritten and is inlined. */
public final class ArrayListLoop implements Kernel {
    private final ArrayList<Integer> list = new ArrayList<>();

    public ArrayListLoop() {
        for (int i = 0; i < 8192; i++) {
            list.add(i);
        }
    }

    @Override
    public long run() {
        long sum = 0;
        for (int i = 0; i < list.size(); i++) {
            sum += list.get(i);
        }
        return sum;
    }
}
