package dev.checkrein.internal.watch;

import java.util.List;

/** What can be seen of threads. */
interface Sight {
    /** Not told. */
    long UNKNOWN = -1;

    /** What the stack of a thread that counts as running shows. */
    enum Place {
        /** It runs Java code, or would. */
        JAVA,
        /** It is in native code. */
        NATIVE,
        /** It is virtual, and nobody carries it. */
        NOWHERE
    }

    /** What came of asking a thread to poll. */
    enum Answer {
        /** It did. */
        POLLED,
        /** It did not, since it has begun to wait meanwhile. */
        OUTSIDE,
        /** It used a processor for long enough, and did not. */
        SILENT,
        /** It has not been on a processor for long enough to tell. */
        UNTOLD,
        /** Nobody polls in this JVM, or not so that it could be asked for. */
        NEVER
    }

    Thread.State state(Thread thread);

    /** How long it has been on a processor, in nanoseconds; or {@link #UNKNOWN}. */
    long cpuNanos(Thread thread);

    /** How often it has begun to wait, or to be blocked, in its life; or {@link #UNKNOWN}. */
    long waits(Thread thread);

    /** Whether a pause has stopped it. */
    boolean standsStill(Thread thread);

    /** Costs more than the others: it takes the stack. */
    Place place(Thread thread);

    /** From the innermost frame on. */
    StackTraceElement[] stack(Thread thread);

    /**
     * Asks all of them to poll, at once. Returns when all have or are outside, or time is up.
     *
     * @param nanos how long to wait for them
     * @return for each, in their order
     */
    Answer[] ask(List<Thread> threads, long nanos);
}
