package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ten thousand tasks in a pool, each cancelled at about the moment it ends. After each one the same thread does work that
 * nobody cancelled, and must not notice anything: no error, no interrupt.
 */
public final class PooledRace {
    private static final int ROUNDS = 10_000;
    private static final int LONGEST_TASK = 2_000;

    private PooledRace() {}

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        CyclicBarrier start = new CyclicBarrier(2);
        int returned = 0;
        int cancelled = 0;
        for (int round = 0; round < ROUNDS; round++) {
            CancellationScope scope = CancellationScope.named("round");
            Future<Boolean> task = pool.submit(() -> {
                start.await();
                return runs(scope);
            });
            Future<String> next = pool.submit(PooledRace::undisturbed);
            start.await();
            work(ThreadLocalRandom.current().nextInt(LONGEST_TASK));
            scope.cancel("round over");
            if (task.get()) {
                returned++;
            } else {
                cancelled++;
            }
            String disturbance = next.get();
            if (!disturbance.isEmpty()) {
                System.out.println("round " + round + ": the next task was disturbed: " + disturbance);
                System.exit(1);
            }
        }
        pool.shutdown();
        // Both must happen, or nothing has raced.
        System.out.println("returned: " + (returned > 0) + ", cancelled: " + (cancelled > 0));
        System.err.flush();
    }

    private static boolean runs(CancellationScope scope) throws Exception {
        try {
            scope.call(() -> work(ThreadLocalRandom.current().nextInt(LONGEST_TASK)));
            return true;
        } catch (CancellationException e) {
            return false;
        }
    }

    private static String undisturbed() {
        try {
            work(LONGEST_TASK);
            return Thread.currentThread().isInterrupted() ? "it found an interrupt" : "";
        } catch (Throwable e) {
            return e.toString();
        }
    }

    private static int work(int turns) {
        int x = turns;
        for (int i = 0; i < turns; i++) {
            x = x * 31 + new int[] {i}.length;
        }
        return x;
    }
}
