package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import dev.checkrein.EscalationPolicy;
import dev.checkrein.Shield;
import dev.checkrein.TerminalAction;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Is in calls that do not end, and so comes to what the arguments say: {@code exit}, {@code halt}, or {@code dump} and then the end; with
 * {@code hanging} in front there is a shutdown hook that waits for the call, and it halts when that hook runs.
 */
public final class Unstoppable {
    private static final int STATUS = 42;
    private static final int STATUS_OF_HOOK = 43;
    private static final EscalationPolicy SOON = EscalationPolicy.defaults().withReport(Duration.ofMillis(20));

    private Unstoppable() {}

    public static void main(String[] args) throws InterruptedException {
        switch (args[0]) {
            case "exit" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
                never(TerminalAction.exit(STATUS)).start();
            }
            case "halt" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
                never(TerminalAction.halt(STATUS)).start();
            }
            case "hanging" -> {
                Thread thread = never(TerminalAction.exit(STATUS));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    never(TerminalAction.halt(STATUS_OF_HOOK)).start();
                    join(thread);
                }));
                thread.start();
            }
            case "dump" -> {
                CountDownLatch dumped = new CountDownLatch(1);
                System.setErr(new PrintStream(System.err) {
                    @Override
                    public void print(String text) {
                        super.print(text);
                        dumped.countDown();
                    }
                });
                never(TerminalAction.dump()).start();
                dumped.await();
                Runtime.getRuntime().halt(0);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static Thread never(TerminalAction action) {
        CancellationScope scope = CancellationScope.named("never").withPolicy(SOON.withTerminalAction(action));
        return scope.threadFactory(body -> new Thread(body, "unstoppable")).newThread(() -> {
            try (Shield shield = Shield.enter()) {
                scope.cancel("enough");
                while (shield != null) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
