package dev.checkrein.internal.pause;

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

    /** Whether the class polls, by its name with dots. If in doubt it does. */
    boolean isRewritten(String className);

    /** Whether a call from a class that polls to this method of one that does not is followed by a poll. */
    boolean isPolledBehind(String className, String method);
}
