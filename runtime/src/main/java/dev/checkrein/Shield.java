package dev.checkrein;

import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.Engines;

/**
 * Work that is not to be torn apart by the end of the call it is in:
 *
 * <pre>{@code
 * try (Shield shield = Shield.enter()) {
 *     journal.append(entry);
 *     index.put(entry);
 * }
 * }</pre>
 *
 * <p>Nothing is thrown at polls inside, and a request that comes meanwhile takes effect at the first poll behind. It protects from
 * requests to end the scopes that it is in; a scope that is called inside it can be ended on its own. Only a
 * {@linkplain EscalationPolicy#forced() forced} request does not wait for it, once it insists. A thread that blocks inside is
 * not woken either.
 *
 * <p>Outside of any scope it protects from {@link Checkrein#cancelThread} and {@link Checkrein#cancelLoader} alone. Shields nest. Each is for the thread that has entered it.
 */
public final class Shield implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final Engine engine;

    /** Null when it is over. */
    private Object entered;

    private Shield(Engine engine, Object entered) {
        this.engine = engine;
        this.entered = entered;
    }

    /** From here on, until it is closed. */
    public static Shield enter() {
        Engine engine = Engines.current();
        return new Shield(engine, engine.enterShield());
    }

    /**
     * Nothing is protected any more. Does nothing the second time.
     *
     * @throws IllegalStateException if the calling thread is another
     */
    @Override
    public void close() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("a shield is for the thread that entered it alone, not for \""
                    + Thread.currentThread().getName() + '"');
        }
        Object left = entered;
        entered = null;
        if (left != null) {
            engine.exitShield(left);
        }
    }
}
