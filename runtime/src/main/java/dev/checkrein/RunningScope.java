package dev.checkrein;

import dev.checkrein.internal.bridge.Engine;
import java.time.Duration;
import java.util.Objects;

/**
 * A call of a method that the agent's option {@code scope} names, as it was found running by {@link Checkrein#scopes}. It may have
 * ended since. Immutable; for any thread.
 */
public final class RunningScope {
    private final Engine engine;
    private final Object call;
    private final String name;
    private final Thread thread;
    private final Duration running;

    RunningScope(Engine engine, Object[] found) {
        this.engine = engine;
        this.name = (String) found[0];
        this.thread = (Thread) found[1];
        this.running = Duration.ofNanos((Long) found[2]);
        this.call = found[3];
    }

    /** The method: its class, {@code #} and its name, such as {@code com.acme.CartServlet#service}. */
    public String name() {
        return name;
    }

    /** The thread that runs it. */
    public Thread thread() {
        return thread;
    }

    /** For how long it had been running when it was found. */
    public Duration running() {
        return running;
    }

    /**
     * Ends this one call: a {@link java.util.concurrent.CancellationException} comes out of the method. Returns when that was requested,
     * not when the call has ended. Does nothing if it has ended, or was asked to end before.
     *
     * @param why a few words for the message of the exception
     */
    public void cancel(String why) {
        engine.cancel(call, Objects.requireNonNull(why, "why"));
    }

    /** Like {@code com.acme.CartServlet#service on worker-3 for PT1.5S}. */
    @Override
    public String toString() {
        return name + " on " + thread.getName() + " for " + running;
    }
}
