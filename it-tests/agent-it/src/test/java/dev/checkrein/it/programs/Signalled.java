package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import dev.checkrein.EscalationPolicy;
import dev.checkrein.Shield;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/**
 * For each line that it reads a call of a scope with that name, which is asked to end and does not, because it is in a shield. What goes to
 * standard error goes to standard output.
 */
public final class Signalled {
    private static volatile long sink;

    private Signalled() {}

    public static void main(String[] args) throws Exception {
        System.setErr(System.out);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("reads");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            begin(line);
            System.out.println("has begun: " + line);
        }
    }

    private static void begin(String name) throws InterruptedException {
        CountDownLatch shielded = new CountDownLatch(1);
        CancellationScope scope = CancellationScope.named(name)
                .withPolicy(EscalationPolicy.defaults().withReport(Duration.ofHours(1)));
        Thread thread = new Thread(() -> run(scope, shielded), "thread of " + name);
        thread.setDaemon(true);
        thread.start();
        shielded.await();
        scope.cancel("enough");
    }

    @SuppressWarnings("try")
    private static void run(CancellationScope scope, CountDownLatch shielded) {
        try {
            scope.run(() -> {
                try (Shield shield = Shield.enter()) {
                    shielded.countDown();
                    spin();
                }
            });
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void spin() {
        while (true) {
            sink++;
        }
    }
}
