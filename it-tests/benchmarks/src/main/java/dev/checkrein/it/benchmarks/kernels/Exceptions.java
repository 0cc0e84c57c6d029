package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** Exceptions as control flow, with their stacks, caught a few frames up; and cleanup on the way. */
public final class Exceptions implements Kernel {
    private int cleaned;

    @Override
    public long run() {
        int caught = 0;
        for (int i = 0; i < 100; i++) {
            try {
                caught += deep(5, i);
            } catch (NotFound e) {
                caught += e.code;
            }
        }
        return caught + cleaned;
    }

    private int deep(int depth, int i) throws NotFound {
        try {
            if (depth == 0) {
                if (i % 4 == 0) {
                    throw new NotFound(i);
                }
                return i;
            }
            return deep(depth - 1, i);
        } finally {
            cleaned++;
        }
    }

    private static final class NotFound extends Exception {
        private static final long serialVersionUID = 1L;

        final int code;

        NotFound(int code) {
            this.code = code;
        }
    }
}
