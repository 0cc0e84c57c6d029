package dev.checkrein.it.benchmarks.child;

import dev.checkrein.SafepointCoordinator;
import dev.checkrein.Worker;
import dev.checkrein.it.benchmarks.kernels.endless.CountingLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Threads that run all the time, and whose progress can be seen. */
final class PausedThreads {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final SafepointCoordinator coordinator;
    private final List<LongSupplier> progress = new ArrayList<>();

    /** A thread that starts waits for a processor, and a thousand that run already would take theirs first. */
    private volatile boolean allStarted;

    private final boolean workers;

    /** @param kind {@code workers} that register, or {@code threads} in code that the agent has rewritten */
    PausedThreads(String kind) {
        workers = kind.equals("workers");
        coordinator = workers ? SafepointCoordinator.create() : SafepointCoordinator.global();
    }

    /** Has some begin to run, more than before. */
    void start(int count) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(count);
        allStarted = false;
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(workers ? worker(running) : loop(running));
            thread.setDaemon(true);
            thread.start();
        }
        allStarted = true;
        running.await();
        Rewriting.mustBe(!workers);
    }

    SafepointCoordinator coordinator() {
        return coordinator;
    }

    int count() {
        return progress.size();
    }

    private Runnable worker(CountDownLatch running) {
        CountingLoop loop = new CountingLoop();
        progress.add(loop::turns);
        return () -> {
            awaitAllStarted();
            try (Worker worker = coordinator.registerWorker()) {
                running.countDown();
                while (worker != null) {
                    loop.turn();
                    coordinator.poll();
                }
            }
        };
    }

    private Runnable loop(CountDownLatch running) {
        CountingLoop loop = new CountingLoop();
        progress.add(loop::turns);
        return () -> {
            awaitAllStarted();
            running.countDown();
            loop.runForEver();
        };
    }

    /** They wake by themselves: of a latch each wakes the next, which then waits for those that run already. */
    private void awaitAllStarted() {
        while (!allStarted) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /**
     * Waits until each has done something since now.
     *
     * @param look how often to look
     */
    long nanosUntilAllHaveRun(long look) {
        long start = System.nanoTime();
        long[] before = progress.stream().mapToLong(LongSupplier::getAsLong).toArray();
        for (int i = 0; i < before.length; i++) {
            while (progress.get(i).getAsLong() == before[i]) {
                LockSupport.parkNanos(look);
            }
        }
        return System.nanoTime() - start;
    }
}
