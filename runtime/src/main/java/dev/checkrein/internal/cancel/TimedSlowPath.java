package dev.checkrein.internal.cancel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntConsumer;

/**
 * A slow path that knows how long threads have been in it. Counts through {@code java.lang} alone: any other code of the JDK may be
 * rewritten by the user's choice, and would come here again.
 */
final class TimedSlowPath implements IntConsumer {
    private static final VarHandle NANOS;

    static {
        try {
            NANOS = MethodHandles.lookup().findVarHandle(TimedSlowPath.class, "nanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final IntConsumer slowPath;
    private volatile long nanos;

    TimedSlowPath(IntConsumer slowPath) {
        this.slowPath = slowPath;
    }

    @Override
    public void accept(int poll) {
        long start = System.nanoTime();
        try {
            slowPath.accept(poll);
        } finally {
            long passed = System.nanoTime() - start;
            long unused = (long) NANOS.getAndAdd(this, passed); // the cast makes the call exact: nothing to adapt
        }
    }

    /** Of all threads, in nanoseconds of wall-clock time. */
    long nanos() {
        return nanos;
    }
}
