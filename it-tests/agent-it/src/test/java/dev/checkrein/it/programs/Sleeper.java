package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import dev.checkrein.Checkrein;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** What works without the agent: a sleep, which is what is to be ended, is. */
public final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) throws Exception {
        System.out.println("installed: " + Checkrein.isInstalled());
        for (int i = 0; i < 2; i++) {
            try {
                CancellationScope.named("sleeper")
                        .withDeadline(Duration.ofMillis(100))
                        .call(() -> {
                            Thread.sleep(Long.MAX_VALUE);
                            return null;
                        });
            } catch (TimeoutException e) {
                System.out.println(
                        e.getMessage() + ", by " + e.getCause().getClass().getSimpleName());
            }
        }
        System.out.println("interrupted: " + Thread.interrupted());
    }
}
