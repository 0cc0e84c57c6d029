package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A class that polls twenty million times while it is being initialised, all of them after its deadline. */
public final class SlowInitialiser {
    /** Without a request it needs 50 ms; when every poll walks the stack, 15 s and more. */
    private static final Duration REASONABLE = Duration.ofSeconds(5);

    private static final CancellationScope SCOPE =
            CancellationScope.named("initialiser").withDeadline(Duration.ofMillis(5));

    private SlowInitialiser() {}

    public static void main(String[] args) throws Exception {
        String ended = "returned";
        try {
            SCOPE.call(() -> Slow.sum);
        } catch (TimeoutException e) {
            ended = "timed out";
        }
        Duration used = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        System.out.println(ended + (used.compareTo(REASONABLE) < 0 ? " in reasonable time" : " after " + used));
        System.out.println("usable: " + (Slow.sum != 0));
    }

    private static final class Slow {
        static final long sum = sum();

        private static long sum() {
            while (!SCOPE.token().isCancelled()) {
                Thread.onSpinWait();
            }
            long sum = 1;
            for (int i = 0; i < 100_000; i++) {
                for (int j = 0; j < 200; j++) {
                    sum += sum >>> 3 ^ j;
                }
            }
            return sum;
        }
    }
}
