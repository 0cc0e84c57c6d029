package dev.checkrein.internal.bridge;

/** A pause that has begun. Thread-safe. */
public interface HeldPause extends AutoCloseable {
    /** Whether it has not been closed and its lease has not ended. */
    boolean isHeld();

    /** How many threads have arrived at a poll so far. */
    int stopped();

    /** Lets everybody go. Does nothing the second time. */
    @Override
    void close();
}
