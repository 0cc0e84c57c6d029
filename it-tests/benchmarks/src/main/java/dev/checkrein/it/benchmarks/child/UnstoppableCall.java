package dev.checkrein.it.benchmarks.child;

import dev.checkrein.CancellationScope;
import dev.checkrein.it.benchmarks.kernels.Initialiser;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** A call that is cancelled and cannot be ended, for as long as it is there. Without the agent it is not cancelled. */
final class UnstoppableCall implements Company {
    private final Thread thread;
    private final Runnable release;

    private UnstoppableCall(Runnable body, CountDownLatch inside, Runnable release, boolean cancel) {
        CancellationScope scope = CancellationScope.named("unstoppable");
        this.release = release;
        // Without the agent not even in a scope, which would warn that it can do nothing.
        this.thread = new Thread(cancel ? () -> call(scope, body) : body, "unstoppable");
        thread.setDaemon(true);
        thread.start();
        await(inside);
        if (cancel) {
            scope.cancel("benchmark");
        }
    }

    /** One that spins in a class initialiser. Only once in a JVM. */
    static Company shielded(boolean cancel) {
        return new UnstoppableCall(
                Initialiser::initialise, Initialiser.INSIDE, () -> Initialiser.released = true, cancel);
    }

    /** One that waits for a monitor, which no interrupt ends. */
    static Company blocked(boolean cancel) {
        Object monitor = new Object();
        CountDownLatch owned = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Thread owner = new Thread(
                () -> {
                    synchronized (monitor) {
                        owned.countDown();
                        await(released);
                    }
                },
                "owner of the monitor");
        owner.setDaemon(true);
        owner.start();
        await(owned);
        CountDownLatch inside = new CountDownLatch(1);
        Runnable body = () -> {
            inside.countDown();
            synchronized (monitor) {
                throw new IllegalStateException("nobody was to get this monitor before the end");
            }
        };
        return new UnstoppableCall(body, inside, () -> {}, cancel);
    }

    private static void call(CancellationScope scope, Runnable body) {
        try {
            scope.run(body);
        } catch (CancellationException expected) {
            // At its end, which comes after the measurement.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (!thread.isAlive()) {
            throw new IllegalStateException("the call that nothing can end has ended");
        }
        release.run();
    }
}
