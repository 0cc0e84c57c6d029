package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** Follows links through memory: loads that wait for each other, in a loop that is not counted. */
public final class PointerChase implements Kernel {
    private final Node start;

    public PointerChase() {
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
