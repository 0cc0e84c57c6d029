package dev.checkrein;

import dev.checkrein.internal.bridge.Engine;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends a scope when one of its calls fails. Thread-safe. */
final class FailFast {
    private final String scopeName;
    private final CancellationToken token;
    private final RunningCalls calls;

    /** Null if there is none. */
    private final Runnable cleanup;

    /** Two threads may throw the very same object. */
    private final AtomicBoolean panicked = new AtomicBoolean();

    private final AtomicBoolean cleanedUp = new AtomicBoolean();

    FailFast(String scopeName, CancellationToken token, RunningCalls calls, Runnable cleanup) {
        this.scopeName = scopeName;
        this.token = token;
        this.calls = calls;
        this.cleanup = cleanup;
    }

    /**
     * Something has left the body of a call that was not asked to end.
     *
     * @return null if it is what a request to a call around it has led to, or if the scope was cancelled before
     */
    Panic failed(Engine engine, Throwable failure) {
        if (failure instanceof CancellationError || engine.isAnyRequested()) {
            return null;
        }
        Thread thread = Thread.currentThread();
        try {
            token.cancel(words(thread, failure), failure);
        } catch (Throwable ofActions) {
            log("what was to be done when scope \"" + scopeName + "\" was cancelled has failed", ofActions);
        }
        boolean first = token.failure() == failure && panicked.compareAndSet(false, true);
        return first ? panic(thread, failure) : null;
    }

    /** Null if there is no memory: what has failed is more important than whom it is told. */
    private Panic panic(Thread thread, Throwable failure) {
        try {
            return new Panic(scopeName, thread, failure);
        } catch (OutOfMemoryError full) {
            return null;
        }
    }

    /** Not what it says of itself: that is code of the application's. */
    private static String words(Thread thread, Throwable failure) {
        try {
            return "thread \"" + thread.getName() + "\" has failed with "
                    + failure.getClass().getName();
        } catch (OutOfMemoryError full) {
            return "one of its threads has failed";
        }
    }

    /**
     * A call is over, and running no more.
     *
     * @param panic what it has caused, or null
     */
    void callEnded(Panic panic) {
        if (cleanup != null && token.failure() != null && calls.areNone() && cleanedUp.compareAndSet(false, true)) {
            shielded(cleanup, "cleanup of scope \"" + scopeName + "\" has failed");
        }
        if (panic != null) {
            shielded(() -> Checkrein.panicked(panic), "the panic hook has failed");
        }
    }

    /** Calls around this one, which may be asked to end, wait for it. */
    private static void shielded(Runnable action, String whenItFails) {
        Shield shield = null;
        try {
            shield = Shield.enter();
        } catch (OutOfMemoryError | StackOverflowError full) {
            // Unshielded, then.
        }
        try {
            action.run();
        } catch (Throwable failed) {
            log(whenItFails, failed);
        } finally {
            if (shield != null) {
                shield.close();
            }
        }
    }

    /** What the application logs by may fail. */
    private static void log(String words, Throwable thrown) {
        try {
            System.getLogger("dev.checkrein").log(System.Logger.Level.WARNING, words, thrown);
        } catch (RuntimeException | Error untold) {
            // There is nobody else to tell.
        }
    }
}
