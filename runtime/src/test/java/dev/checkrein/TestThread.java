package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A body on a thread of its own, whose states a test can wait for. */
public final class TestThread<T> {
    private static final long LIMIT_SECONDS = 20;

    private final Thread thread;
    private volatile T result;
    private volatile Throwable thrown;
    private volatile boolean interruptLeft;

    private TestThread(Callable<T> body) {
        thread = new Thread(
                () -> {
                    try {
                        result = body.call();
                    } catch (Throwable t) {
                        thrown = t;
                    }
                    interruptLeft = Thread.interrupted();
                },
                "worker");
        thread.setDaemon(true);
    }

    public static <T> TestThread<T> start(Callable<T> body) {
        TestThread<T> worker = new TestThread<>(body);
        worker.thread.start();
        return worker;
    }

    public Thread thread() {
        return thread;
    }

    /** Waits until the thread sleeps, waits or is parked. */
    public TestThread<T> awaitBlocked() {
        eventually("the worker blocks", () -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            default -> false;
        });
        return this;
    }

    /** What the body threw, or null; waits for its end. Checks that no interrupt was left on the thread
     * and that no assertion failed in the body. */
    public Throwable thrown() {
        awaitEnd();
        assertThat(interruptLeft).as("interrupt left on the thread").isFalse();
        return Ending.checked(thrown);
    }

    /** What the body returned; waits for its end. Checks that no interrupt was left on the thread. */
    public T result() {
        assertThat(thrown()).as("thrown by the worker").isNull();
        return result;
    }

    private void awaitEnd() {
        eventually("the worker ends", () -> !thread.isAlive());
    }

    /** Waits for a state that nobody announces. */
    public static void eventually(String state, BooleanSupplier reached) {
        long start = System.nanoTime();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + state);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
