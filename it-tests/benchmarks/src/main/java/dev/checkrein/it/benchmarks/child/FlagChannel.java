package dev.checkrein.it.benchmarks.child;

import java.util.concurrent.Callable;

/** A flag that is read between two turns of the work: what stops cost when they cost nothing. */
final class FlagChannel implements Channel {
    private volatile boolean stopped;

    @Override
    public void repeat(Runnable begun, Callable<?> work) throws Exception {
        begun.run();
        while (!stopped) {
            work.call();
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
