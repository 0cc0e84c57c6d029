package dev.checkrein.internal.timing;

/** When a {@link Duty} takes its turns, and by which clock. Thread-safe. */
public interface Turns {
    /** In nanoseconds, like {@link System#nanoTime()}. */
    long now();

    /** Has a turn taken when this time has passed, or earlier. Allocates nothing while there is a thread to do it. */
    void within(long nanos);
}
