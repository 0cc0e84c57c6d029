package dev.checkrein;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Threads that count, each for itself, and poll between two steps, as the workers of a guest VM. */
@SuppressWarnings("try")
final class GuestWorkers implements AutoCloseable {
    private final SafepointCoordinator coordinator;
    private final List<TestThread<Object>> threads = new ArrayList<>();
    private final List<long[]> counts = new ArrayList<>();
    private volatile boolean ended;

    GuestWorkers(SafepointCoordinator coordinator) {
        this.coordinator = coordinator;
    }

    /** Starts some; returns when they have registered and run. */
    GuestWorkers start(int count) {
        CountDownLatch running = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            long[] counter = new long[1];
            counts.add(counter);
            threads.add(TestThread.start(() -> work(counter, running)));
        }
        await(running);
        return this;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts one that does not poll; returns when it has registered. */
    TestThread<Object> startDeaf() {
        CountDownLatch registered = new CountDownLatch(1);
        TestThread<Object> deaf = TestThread.start(() -> {
            try (Worker worker = coordinator.registerWorker()) {
                registered.countDown();
                while (!ended) {
                    Thread.onSpinWait();
                }
            }
            return null;
        });
        threads.add(deaf);
        await(registered);
        return deaf;
    }

    private Object work(long[] counter, CountDownLatch running) {
        try (Worker worker = coordinator.registerWorker()) {
            running.countDown();
            while (!ended) {
                counter[0]++;
                coordinator.poll();
                Thread.onSpinWait();
            }
        }
        return null;
    }

    List<Thread> threads() {
        return threads.stream().map(TestThread::thread).toList();
    }

    /** What they have counted to, read without synchronisation: to be called while they are paused. */
    List<Long> counts() {
        return counts.stream().map(counter -> counter[0]).toList();
    }

    /** Waits until all have counted on. */
    void awaitProgress() {
        List<Long> before = counts();
        TestThread.eventually("all count", () -> {
            coordinator.workerCount(); // synchronises, so that the counts are read again
            for (int i = 0; i < before.size(); i++) {
                if (counts.get(i)[0] == before.get(i)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Ends them, and fails if one has failed. */
    @Override
    public void close() {
        ended = true;
        threads.forEach(TestThread::result);
    }
}
