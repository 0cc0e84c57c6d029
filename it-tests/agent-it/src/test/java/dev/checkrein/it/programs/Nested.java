package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** Scopes in scopes. */
public final class Nested {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofDays(1);

    static volatile long sink;

    private Nested() {}

    public static void main(String[] args) throws Exception {
        System.out.println("inner deadline first: " + innerDeadlineFirst());
        System.out.println("outer deadline first: " + outerDeadlineFirst());
        System.out.println("outer cancelled: " + outerCancelled());
        System.out.println("inner survives its sibling: " + sibling());
    }

    private static String innerDeadlineFirst() throws Exception {
        return CancellationScope.named("outer").withDeadline(LONG).call(() -> {
            try {
                CancellationScope.named("inner").withDeadline(SHORT).run(Nested::spin);
                return "returned";
            } catch (TimeoutException e) {
                return "inner timed out, outer goes on";
            }
        });
    }

    private static String outerDeadlineFirst() throws Exception {
        try {
            return CancellationScope.named("outer").withDeadline(SHORT).call(() -> {
                try {
                    CancellationScope.named("inner").withDeadline(LONG).run(Nested::spin);
                    return "returned";
                } catch (TimeoutException e) {
                    return "inner timed out";
                }
            });
        } catch (TimeoutException e) {
            return "outer timed out";
        }
    }

    private static String outerCancelled() throws Exception {
        CancellationScope outer = CancellationScope.named("outer");
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Void> canceller = CompletableFuture.runAsync(() -> {
            await(inside);
            outer.cancel("enough");
        });
        try {
            return outer.call(() -> {
                try {
                    CancellationScope.named("inner").withDeadline(LONG).run(() -> {
                        inside.countDown();
                        spin();
                    });
                    return "returned";
                } catch (CancellationException e) {
                    return "the inner boundary took what was the outer's";
                }
            });
        } catch (CancellationException e) {
            canceller.join();
            return e.getMessage();
        }
    }

    private static String sibling() throws Exception {
        CancellationScope scope = CancellationScope.named("first").withDeadline(SHORT);
        try {
            scope.run(Nested::spin);
        } catch (TimeoutException e) {
            return CancellationScope.named("second").call(() -> {
                for (int i = 0; i < 1_000_000; i++) {
                    sink++;
                }
                return "yes";
            });
        }
        return "the first one returned";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void spin() {
        while (true) {
            sink++;
        }
    }
}
