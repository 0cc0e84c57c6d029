package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a million calls wait at once, inside each other on a few threads, first without deadlines and then with ones that are far away.
 * Prints what one deadline costs: bytes of the heap while it is pending, and afterwards; and the share of one processor that the
 * watchdog takes for all of them.
 */
public final class IdleDeadlines {
    private static final int THREADS = 10;
    private static final int DEPTH = 100_000;
    private static final int COUNT = THREADS * DEPTH;
    private static final long STACK = 512L << 20;
    private static final long WATCHED_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final MemoryMXBean HEAP = ManagementFactory.getMemoryMXBean();

    private final CancellationScope scope;
    private final int depth;
    private final CountDownLatch pending = new CountDownLatch(THREADS);
    private final CountDownLatch enough = new CountDownLatch(1);

    private IdleDeadlines(CancellationScope scope, int depth) {
        this.scope = scope;
        this.depth = depth;
    }

    public static void main(String[] args) throws Exception {
        CancellationScope scope = CancellationScope.named("a name of usual length");
        CancellationScope timed = scope.withDeadline(Duration.ofHours(1));
        new IdleDeadlines(timed, 1).bytes(() -> {}); // loads classes
        long without = new IdleDeadlines(scope, DEPTH).bytes(() -> {});
        long before = usedBytes();
        long with = new IdleDeadlines(timed, DEPTH).bytes(IdleDeadlines::watch);
        long after = usedBytes();
        System.out.printf(Locale.ROOT, "bytes while pending: %.1f%n", (double) (with - without) / COUNT);
        System.out.printf(Locale.ROOT, "bytes afterwards: %.1f%n", (double) (after - before) / COUNT);
    }

    /** What all calls take together while they wait, and something is done. */
    private long bytes(Runnable whilePending) throws InterruptedException {
        long before = usedBytes();
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            threads[i] = new Thread(null, this::nest, "deep " + i, STACK);
            threads[i].start();
        }
        pending.await();
        long bytes = usedBytes() - before;
        whilePending.run();
        enough.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return bytes;
    }

    private void nest() {
        try {
            nest(depth);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Object nest(int left) throws Exception {
        if (left == 0) {
            pending.countDown();
            enough.await();
            return null;
        }
        return scope.call(() -> nest(left - 1));
    }

    private static void watch() {
        long watchdog = idOf("checkrein-watchdog");
        long cpu = CPU.getThreadCpuTime(watchdog);
        long start = System.nanoTime();
        while (System.nanoTime() - start < WATCHED_NANOS) {
            LockSupport.parkNanos(WATCHED_NANOS);
        }
        double share = (double) (CPU.getThreadCpuTime(watchdog) - cpu) / (System.nanoTime() - start);
        System.out.printf(Locale.ROOT, "share of a processor: %.4f%n", share);
    }

    private static long idOf(String name) {
        return Arrays.stream(CPU.getThreadInfo(CPU.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals(name))
                .mapToLong(ThreadInfo::getThreadId)
                .findFirst()
                .orElseThrow();
    }

    private static long usedBytes() {
        System.gc();
        System.gc(); // what only the first has found to be free
        return HEAP.getHeapMemoryUsage().getUsed();
    }
}
