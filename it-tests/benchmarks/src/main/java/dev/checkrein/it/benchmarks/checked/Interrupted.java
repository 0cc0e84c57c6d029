package dev.checkrein.it.benchmarks.checked;

/** Thrown by the checks that are written into kernels by hand, when they find their thread interrupted. */
public final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Interrupted() {
        super("interrupted");
    }
}
