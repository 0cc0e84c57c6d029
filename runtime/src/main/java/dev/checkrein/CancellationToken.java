package dev.checkrein;

import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.pause.StackRoom;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * What code that wants to cooperate asks: has the work I am part of been cancelled? Works with and without the agent.
 *
 * <p><b>Linked tokens.</b> {@link #linked} makes a token that is cancelled as soon as any of some others is, and
 * {@link CancellationScope#linkedTo} a scope with such a token. The reason that it gives is the other's message, which names the other
 * scope; the first reason that was seen stays. None keeps another alive: a token may be linked to one that lives much longer, or
 * shorter, and be dropped without further ado. What is waiting for it, an action or a call of its scope, waits for the others as well
 * and is kept by them until it ends, or is taken back. There are no cycles, because a token is linked when it is made.
 *
 * <p>Thread-safe. Everything that happened in a thread before it cancelled happens before {@link #isCancelled()}
 * returns true because of it, and before the callbacks run.
 */
public final class CancellationToken {
    private static final CancellationSource[] NO_SOURCES = {};
    private static final Elsewhere[] NOWHERE_ELSE = {};
    private static final CancellationToken NEVER_CANCELLED = new CancellationToken(null, NO_SOURCES);

    /** Null for a token that has no scope, and is cancelled by others only. */
    private final String scopeName;

    /** All whose cancel is a cancel of this one: those it is linked to, and those that these are linked to. */
    private final CancellationSource[] sources;

    /** Not the token itself, which application code can hold. */
    private final Object lock = new Object();

    /** Of a cancel of this very token. */
    private volatile String why;

    /** What failed, if that is why. Written before {@link #why}. */
    private Throwable failure;

    /** Of one it is linked to, from when that was first seen. Guarded by the lock. */
    private String whyLinked;

    /** The registered actions, in the order they came, between this link and itself. Guarded by the lock. */
    private final Link<Registration> ends = new Link<>(null);

    /** For those that are linked to this one. Null while there are none. Guarded by the lock. */
    private CancellationSource asSource;

    /** That of a scope which is linked to nothing. */
    CancellationToken(String scopeName) {
        this(scopeName, NO_SOURCES);
    }

    private CancellationToken(String scopeName, CancellationSource[] sources) {
        this.scopeName = scopeName;
        this.sources = sources;
    }

    /**
     * A token that is cancelled whenever any of the given ones is: {@link #isCancelled()} is true if it is true of one of them, asked on
     * the same thread, and an action runs once, when the first of them is cancelled. Linked to none it is never cancelled.
     */
    public static CancellationToken linked(CancellationToken... tokens) {
        return NEVER_CANCELLED.linkedTo(tokens);
    }

    /** A new one for a scope of the same name, linked to what this one is linked to, and to others. */
    CancellationToken linkedTo(CancellationToken... others) {
        Set<CancellationSource> all = new LinkedHashSet<>(Arrays.asList(sources));
        for (CancellationToken other : others) {
            if (other.scopeName != null) {
                all.add(other.asSource());
            }
            all.addAll(Arrays.asList(other.sources));
        }
        all.removeIf(
                CancellationSource
                        ::isSpent); // or the last of a chain, each linked to the one before, would have them all
        return new CancellationToken(scopeName, all.toArray(NO_SOURCES));
    }

    private CancellationSource asSource() {
        synchronized (lock) {
            if (asSource == null) {
                CancellationSource source = new CancellationSource(this);
                if (why != null) {
                    source.cancelled(cancelledMessage());
                }
                asSource = source;
            }
            return asSource;
        }
    }

    /**
     * Whether the scope was cancelled, or the calling thread is in a call of the scope that has been asked to end: by
     * its own deadline, or by a deadline or cancel of a scope around it. Also whether this is so for one that it is linked to.
     */
    public boolean isCancelled() {
        return why() != null || askedToEnd() != null;
    }

    /** Of which scope the calling thread is in a call that has been asked to end: its token, or null. */
    private CancellationToken askedToEnd() {
        Engine engine = Engines.current();
        if (engine.isRequested(this)) {
            return this;
        }
        for (CancellationSource source : sources) {
            CancellationToken token = source.token();
            if (token != null && engine.isRequested(token)) {
                return token;
            }
        }
        return null;
    }

    /**
     * Ends the caller's work if it should end.
     *
     * @throws CancellationException if {@link #isCancelled()}; the scope's boundary replaces it by the exception that
     *     tells what happened, so there is no need to tell a deadline from a cancel here
     */
    public void throwIfCancelled() {
        if (why() != null) {
            throw new CancellationException(cancelledMessage());
        }
        CancellationToken asked = askedToEnd();
        if (asked != null) {
            throw new CancellationException("scope \"" + asked.scopeName + "\" was asked to end");
        }
    }

    /**
     * Registers an action for the moment the scope is cancelled, or one that it is linked to; at once, on the calling thread, if it
     * already was. A deadline ends one call and not the scope, and does not run it. The token itself need not be kept.
     *
     * @param action runs once, on the thread that cancels. What it throws reaches the caller of {@code cancel} after all
     *     other actions have run
     * @return closing it takes the action back; an action that is running meanwhile is not waited for. To be closed when work is over
     *     that is linked to something which lives longer
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
        registration.await(first);
        // Only now: a cancel that comes later finds it, and of one that came before this thread learns here.
        if (why() != null) {
            registration.run();
        }
        return registration;
    }

    /** Cancels for good; the first reason stays. */
    void cancel(String reason) {
        cancel(reason, null);
    }

    /** As above, because something has failed, if that is not null. */
    void cancel(String reason, Throwable because) {
        StackRoom.ensure(); // or calls would never hear of it
        if (why() != null) {
            return;
        }
        synchronized (lock) {
            if (why != null || whyLinked != null) {
                return;
            }
            failure = because;
            why = reason;
            if (asSource != null) {
                asSource.cancelled(messageOr(reason));
            }
        }
        runActions();
    }

    /** What failed, if that is why this very token was cancelled; else null. */
    Throwable failure() {
        return why == null ? null : failure;
    }

    private void runActions() {
        Throwable failure = null;
        for (Registration next = takeFirst(); next != null; next = takeFirst()) {
            try {
                next.run();
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

    private void add(Link<Registration> place, boolean first) {
        synchronized (lock) {
            if (why == null) {
                place.linkBefore(first ? ends.next() : ends);
            }
        }
    }

    private void remove(Link<Registration> place) {
        synchronized (lock) {
            place.unlink();
        }
    }

    /** Null while not cancelled, by whatever. */
    String why() {
        String own = why;
        return own != null || sources.length == 0 ? own : whyLinked();
    }

    private String whyLinked() {
        for (CancellationSource source : sources) {
            String message = source.message();
            if (message != null) {
                synchronized (lock) {
                    if (why == null && whyLinked == null) {
                        whyLinked = message;
                    }
                    return why != null ? why : whyLinked;
                }
            }
        }
        return null;
    }

    String cancelledMessage() {
        return scopeName == null ? why() : "scope \"" + scopeName + "\" was cancelled: " + why();
    }

    /** The reason alone, if there is no memory. */
    private String messageOr(String reason) {
        try {
            return cancelledMessage();
        } catch (OutOfMemoryError full) {
            return reason;
        }
    }

    /** An action waiting for a cancel. Thread-safe. */
    public final class Registration implements AutoCloseable {
        private final Consumer<String> action;
        private final Link<Registration> place = new Link<>(this);

        /** At those that the token is linked to. */
        private final Elsewhere[] elsewhere;

        /** Guarded by the token's lock, which decides who runs it: each of several that are cancelled at once comes to it. */
        private boolean over;

        /** Makes all that it needs, so that nothing is half done where there is no memory. */
        private Registration(Consumer<String> action) {
            this.action = action;
            this.elsewhere = sources.length == 0 ? NOWHERE_ELSE : new Elsewhere[sources.length];
            for (int i = 0; i < elsewhere.length; i++) {
                elsewhere[i] = new Elsewhere(sources[i], this);
            }
        }

        private void await(boolean first) {
            add(place, first);
            for (Elsewhere other : elsewhere) {
                other.add(first);
            }
        }

        private void run() {
            if (end()) {
                action.accept(why());
            }
        }

        /** Takes the action back. Does nothing if it has run or was taken back. */
        @Override
        public void close() {
            end();
        }

        /** Whether this was the first to come. Takes it from everywhere in any case: it may have been added meanwhile. */
        private boolean end() {
            boolean first;
            synchronized (lock) {
                first = !over;
                over = true;
            }
            remove(place);
            for (Elsewhere other : elsewhere) {
                other.remove();
            }
            return first;
        }
    }

    /** The place of an action among those of another token. */
    private static final class Elsewhere {
        private final CancellationSource source;
        private final Link<Registration> place;

        private Elsewhere(CancellationSource source, Registration registration) {
            this.source = source;
            this.place = new Link<>(registration);
        }

        private void add(boolean first) {
            CancellationToken token = source.token();
            if (token != null) {
                token.add(place, first);
            }
        }

        private void remove() {
            CancellationToken token = source.token();
            if (token != null) {
                token.remove(place);
            }
        }
    }
}
