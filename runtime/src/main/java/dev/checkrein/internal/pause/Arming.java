package dev.checkrein.internal.pause;

import java.util.List;

/** Makes polls of this JVM do something that do nothing at first. Thread-safe. */
public interface Arming {
    /** Whether a thread works for Checkrein itself, and stands still for nobody. */
    boolean isOwn(Thread thread);

    /** Has all entries and allocations read the flag from now on. To be called before each pause; cheap but for the first. */
    void armEntries();

    /**
     * Has code that these threads run poll, from now until {@link #settle}; returns at once.
     *
     * @param anew whether compiled code is to look at the flag anew, too
     */
    void arm(List<Thread> late, boolean anew);

    /** Whether all that {@link #arm} was asked for has been done. */
    boolean isDone();

    /** Ends the effect of {@link #arm}; returns at once. */
    void settle();
}
