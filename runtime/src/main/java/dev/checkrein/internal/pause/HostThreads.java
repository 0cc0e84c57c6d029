package dev.checkrein.internal.pause;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What the agent knows of this JVM's threads. Thread-safe. */
public interface HostThreads {
    /**
     * Does what is needed before the other methods can be called; quickly but the first time.
     *
     * @throws IllegalStateException if this JVM does not allow it
     */
    void prepare();

    /** All threads that may be running: those of the platform, and virtual ones that are mounted. In any order. */
    Thread[] live();

    /** All threads there are, virtual ones too, whatever they do. In any order. */
    List<Thread> all();

    /**
     * If a thread does one piece of work after the other for others, tells from then on whether what it is at now is over; true if it is
     * at none. Null for other threads.
     *
     * @throws IllegalArgumentException if it does such work and it cannot be told which; the message says what kind of thread it is
     */
    BooleanSupplier workOf(Thread thread);

    /** The names, with dots, of the classes that a loader has defined so far. */
    Set<String> classNamesOf(ClassLoader loader);

    /** Whether a loader other than this has classes of some of these names. */
    boolean areDefinedElsewhere(Set<String> classNames, ClassLoader loader);

    /** Whether the class polls, by its name with dots. If in doubt it does. */
    boolean isRewritten(String className);

    /** Whether a call from a class that polls to this method of one that does not is followed by a poll. */
    boolean isPolledBehind(String className, String method);
}
