package dev.checkrein.it.benchmarks.child;

import dev.checkrein.it.benchmarks.checked.Interrupted;
import java.util.concurrent.Callable;

/** An interrupt, for work that looks out for it and throws {@link Interrupted}. */
final class InterruptChannel implements Channel {
    private volatile Thread worker;

    @Override
    public void repeat(Runnable begun, Callable<?> work) throws Exception {
        worker = Thread.currentThread();
        begun.run();
        try {
            while (true) {
                work.call();
            }
        } catch (Interrupted asked) {
            // This is how it should end.
        }
    }

    @Override
    public void stop() {
        worker.interrupt();
    }
}
