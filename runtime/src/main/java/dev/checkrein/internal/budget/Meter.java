package dev.checkrein.internal.budget;

import dev.checkrein.internal.jvm.ThreadManagement;

/** Tells how much threads have used of something, each for itself. Thread-safe. */
interface Meter {
    /** What the JVM does not tell. */
    long UNKNOWN = ThreadManagement.UNKNOWN;

    /** Since the thread began, or {@link #UNKNOWN}. Takes no lock and waits for nobody. */
    long read(Thread thread);

    /** How much a thread uses in a nanosecond at most: what is left cannot be used up before. */
    long most();

    /** How much a thread uses in a nanosecond that is busy using it. */
    long usual();

    /** What to say of a call that has used more than it may. */
    String over(String scopeName, long used, long limit);

    /** The same where there is no memory left to say how much. */
    String over(String scopeName, long limit);

    /** What to throw where {@link #read} does not tell. */
    UnsupportedOperationException untold(String scopeName, Thread thread);
}
