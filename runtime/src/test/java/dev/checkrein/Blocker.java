package dev.checkrein;

import static dev.checkrein.TestThread.eventually;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** A body that waits until it is interrupted, and whose beginning and end a test can wait for. */
final class Blocker implements Callable<String> {
    private final CountDownLatch letGo = new CountDownLatch(1);
    private volatile Thread thread;
    private volatile boolean interrupted;
    private volatile boolean ended;

    @Override
    public String call() throws InterruptedException {
        thread = Thread.currentThread();
        try {
            letGo.await();
            return "let go";
        } catch (InterruptedException e) {
            interrupted = true;
            throw e;
        } finally {
            ended = true;
        }
    }

    /** For those who have no use for the result. */
    void run() {
        try {
            call();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void letGo() {
        letGo.countDown();
    }

    boolean hasBegun() {
        return thread != null;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Waits for its beginning, and returns the thread it is on. */
    Thread awaitBegin() {
        eventually("the task begins", this::hasBegun);
        return thread;
    }

    /** Waits for its end, and returns whether that was because of an interrupt. */
    boolean awaitInterrupt() {
        eventually("the task ends", () -> ended);
        return interrupted;
    }
}
