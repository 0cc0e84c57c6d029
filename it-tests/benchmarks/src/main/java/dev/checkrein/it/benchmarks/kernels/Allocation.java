package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** Builds a tree and drops it. */
public final class Allocation implements Kernel {
    @Override
    public long run() {
        return new Tree(10).size();
    }

    private static final class Tree {
        final Tree left;
        final Tree right;

        Tree(int depth) {
            left = depth == 0 ? null : new Tree(depth - 1);
            right = depth == 0 ? null : new Tree(depth - 1);
        }

        int size() {
            return left == null ? 1 : 1 + left.size() + right.size();
        }
    }
}
