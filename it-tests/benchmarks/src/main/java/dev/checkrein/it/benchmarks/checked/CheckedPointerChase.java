package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.PointerChase;

/** {@link PointerChase} with checks. */
public final class CheckedPointerChase implements Kernel {
    private final Node start;

    public CheckedPointerChase() {
        Node[] nodes = new Node[4096];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new Node(i);
        }
        for (int i = 0; i + 1 < nodes.length; i++) {
            // Odd steps meet every node of a power of two.
            nodes[i * 1021 % nodes.length].next = nodes[(i + 1) * 1021 % nodes.length];
        }
        start = nodes[0];
    }

    @Override
    public long run() {
        long sum = 0;
        for (Node node = start; node != null; node = node.next) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            sum += node.value;
        }
        return sum;
    }

    private static final class Node {
        final int value;
        Node next;

        Node(int value) {
            this.value = value;
        }
    }
}
