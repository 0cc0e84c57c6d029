package dev.checkrein;

import dev.checkrein.internal.bridge.HeldPause;

/**
 * A pause that holds: no instruction of a selected thread that polls has an effect until {@link #close}, or until its lease ends.
 * Code that does not poll, that of the JDK for one, may finish what it was in the middle of. What selected threads wrote before
 * they stopped is visible to the thread that paused them; what it writes meanwhile is visible to them afterwards.
 *
 * <p>Whoever holds one should take no lock that a thread which stands still may hold, and load no class that one may be
 * loading. Thread-safe.
 */
public final class Pause implements AutoCloseable {
    private final HeldPause held;

    Pause(HeldPause held) {
        this.held = held;
    }

    /** Whether it holds: it has not been closed, and its lease has not ended. */
    public boolean isHeld() {
        return held.isHeld();
    }

    /**
     * How many threads stand still at a poll. Those that wait or are blocked are not among them until they come back. When it does not
     * hold any more, how many did.
     */
    public int stoppedThreads() {
        return held.stopped();
    }

    /** Lets all threads go on. Does nothing if they have been let go before. By any thread. */
    @Override
    public void close() {
        held.close();
    }
}
