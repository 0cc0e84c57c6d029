package dev.checkrein;

import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.pause.StackRoom;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * What code that wants to cooperate asks: has the work I am part of been cancelled? Works with and without the agent.
 *
 * <p>Thread-safe. Everything that happened in a thread before it cancelled happens before {@link #isCancelled()}
 * returns true because of it, and before the callbacks run.
 */
public final class CancellationToken {
    private final String scopeName;
    /** Not the token itself, which application code can hold. */
    private final Object lock = new Object();

    private volatile String why;

    /** The registered actions, in the order they came, between this link and itself. Guarded by the lock. */
    private final Link<Registration> ends = new Link<>(null);

    CancellationToken(String scopeName) {
        this.scopeName = scopeName;
    }

    /**
     * Whether the scope was cancelled, or the calling thread is in a call of the scope that has been asked to end: by
     * its own deadline, or by a deadline or cancel of a scope around it.
     */
    public boolean isCancelled() {
        return why != null || Engines.current().isRequested(this);
    }

    /**
     * Ends the caller's work if it should end.
     *
     * @throws CancellationException if {@link #isCancelled()}; the scope's boundary replaces it by the exception that
     *     tells what happened, so there is no need to tell a deadline from a cancel here
     */
    public void throwIfCancelled() {
        if (isCancelled()) {
            throw new CancellationException(why != null ? cancelledMessage() : endedMessage());
        }
    }

    /**
     * Registers an action for the moment the scope is cancelled; at once, on the calling thread, if it already was.
     * A deadline ends one call and not the scope, and does not run it.
     *
     * @param action runs once, on the thread that cancels. What it throws reaches the caller of {@code cancel} after all
     *     other actions have run
     * @return closing it takes the action back; an action that is running meanwhile is not waited for
     */
    public Registration onCancel(Runnable action) {
        Objects.requireNonNull(action, "action");
        return register(reason -> action.run(), false);
    }

    /** For a call of the scope: runs before all actions, which may take long or wait for the calls to end. */
    Registration registerCall(Consumer<String> cancel) {
        return register(cancel, true);
    }

    private Registration register(Consumer<String> action, boolean first) {
        Registration registration = new Registration(action);
        String reason;
        synchronized (lock) {
            reason = why;
            if (reason == null) {
                registration.place.linkBefore(first ? ends.next() : ends);
            }
        }
        if (reason != null) {
            action.accept(reason);
        }
        return registration;
    }

    /** Cancels for good; the first reason stays. */
    void cancel(String reason) {
        StackRoom.ensure(); // or calls would never hear of it
        synchronized (lock) {
            if (why != null) {
                return;
            }
            why = reason;
        }
        Throwable failure = null;
        for (Registration next = takeFirst(); next != null; next = takeFirst()) {
            try {
                next.action.accept(reason);
            } catch (Throwable t) {
                // An error too: it may be that of a scope around the canceller, and other calls wait for their end.
                if (failure == null) {
                    failure = t;
                } else if (failure != t) {
                    failure.addSuppressed(t);
                }
            }
        }
        if (failure != null) {
            throw CancellationScope.<RuntimeException>unchecked(failure);
        }
    }

    private Registration takeFirst() {
        synchronized (lock) {
            Link<Registration> first = ends.next();
            first.unlink(); // nothing happens if these are the ends
            return first.item();
        }
    }

    /** Null while not cancelled. */
    String why() {
        return why;
    }

    String cancelledMessage() {
        return "scope \"" + scopeName + "\" was cancelled: " + why;
    }

    private String endedMessage() {
        return "scope \"" + scopeName + "\" was asked to end";
    }

    /** An action waiting for a cancel. Thread-safe. */
    public final class Registration implements AutoCloseable {
        private final Consumer<String> action;
        private final Link<Registration> place = new Link<>(this);

        private Registration(Consumer<String> action) {
            this.action = action;
        }

        /** Takes the action back. Does nothing if it has run or was taken back. */
        @Override
        public void close() {
            synchronized (lock) {
                place.unlink();
            }
        }
    }
}
