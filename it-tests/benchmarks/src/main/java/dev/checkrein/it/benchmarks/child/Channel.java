package dev.checkrein.it.benchmarks.child;

import java.util.concurrent.Callable;

/** A way of ending work from another thread. For one run. */
public interface Channel {
    /**
     * Does the work again and again on this thread, and returns when it has been stopped.
     *
     * @param begun to be run once, just before
     */
    void repeat(Runnable begun, Callable<?> work) throws Exception;

    /** Asks for the end. Called once, from another thread, after the work has begun; does not wait. */
    void stop();
}
