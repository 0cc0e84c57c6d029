package dev.checkrein.it.benchmarks.child;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A thread whose work is started and stopped again and again. For use by one thread. */
public final class Victim implements AutoCloseable {
    /** Far beyond what any stop should take. */
    private static final long LIMIT_SECONDS = 60;

    /** A thread that has run for so long since it was started is in compiled code again, and late by then. */
    private static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private static final long LONGEST_NANOS = TimeUnit.MICROSECONDS.toNanos(1000);

    private final Callable<?> work;
    private final Supplier<Channel> channels;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Victim::daemon);

    public Victim(Callable<?> work, Supplier<Channel> channels) {
        this.work = work;
        this.channels = channels;
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "victim");
        thread.setDaemon(true);
        return thread;
    }

    /** Stops the work this often, each time when it has been running for a little while. */
    public void stopLate(int times) {
        stopAtRandom(times, SHORTEST_NANOS, LONGEST_NANOS);
    }

    /** Stops the work this often, each time when it has been running for a time between these two. */
    public void stopAtRandom(int times, long shortestNanos, long longestNanos) {
        for (int i = 0; i < times; i++) {
            stopAfter(ThreadLocalRandom.current().nextLong(shortestNanos, longestNanos));
        }
    }

    /**
     * Starts the work, stops it when it has run for this long, and waits for its end.
     *
     * @return the nanoseconds from just before the request to the moment when its thread had left it
     * @throws IllegalStateException if the work fails, or does not end
     */
    public long stopAfter(long nanos) {
        return stopWithin(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS), nanos)
                .orElseThrow(() -> new IllegalStateException("the work was not ended in " + LIMIT_SECONDS + " s"));
    }

    /**
     * The same for work that may not end, and must not be gone on with then.
     *
     * @param limitNanos how long to wait for its end
     * @param nanos how long it runs before
     * @return empty if it did not end
     * @throws IllegalStateException if the work fails
     */
    public OptionalLong stopWithin(long limitNanos, long nanos) {
        Channel channel = channels.get();
        CountDownLatch running = new CountDownLatch(1);
        Future<Long> end = thread.submit(() -> {
            channel.repeat(running::countDown, work);
            return System.nanoTime();
        });
        try {
            if (!running.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the work did not begin");
            }
            LockSupport.parkNanos(nanos);
            long request = System.nanoTime();
            channel.stop();
            return OptionalLong.of(end.get(limitNanos, TimeUnit.NANOSECONDS) - request);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the work failed", e.getCause());
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
