package dev.checkrein.internal.cancel;

/** What all polls look at. Writing it is a volatile write. */
@FunctionalInterface
public interface PollFlag {
    /** While true, every poll in the JVM takes the slow path. */
    void set(boolean pending);
}
