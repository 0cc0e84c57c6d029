package dev.checkrein;

import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.bridge.Ladder;

/** A thread that was asked to end, by {@link Checkrein#cancelThread}. Thread-safe. Need not be kept. */
public final class ThreadCancellation implements AutoCloseable {
    private final Engine engine = Engines.current();
    private final Thread thread;
    private final Object cancelled;

    ThreadCancellation(Thread thread, String why, Ladder ladder) {
        this.thread = thread;
        this.cancelled = engine.cancelThread(thread, why, ladder, CancellationError.MAKER);
    }

    /** Who was asked. */
    public Thread thread() {
        return thread;
    }

    /** Whether the thread has ended, or the task that it was at; or this was taken back. */
    public boolean isOver() {
        return engine.isOver(cancelled);
    }

    /**
     * Takes it back: nothing is thrown from now on, and what has been thrown takes its course. Returns at once. An interrupt that was
     * sent may still be there. Does nothing if it is over.
     */
    @Override
    public void close() {
        engine.takeBack(cancelled);
    }
}
