package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Code that a careless error would break for good. */
public final class Cleanup {
    private static final Duration DEADLINE = Duration.ofMillis(100);
    private static final long INITIALISING_NANOS = Duration.ofMillis(400).toNanos();

    static volatile long sink;

    private Cleanup() {}

    public static void main(String[] args) throws Exception {
        System.out.println("finally runs: " + finallyRuns());
        System.out.println("try-with-resources closes: " + resourceIsClosed());
        System.out.println("class being initialised: " + classStaysUsable());
        System.out.println("class that waits while it is initialised: " + waitingClassStaysUsable());
        System.out.println("finally that waits: " + waitingFinallyIsNotInterrupted());
    }

    private static String finallyRuns() {
        StringBuilder steps = new StringBuilder();
        try {
            CancellationScope.named("finally").withDeadline(DEADLINE).run(() -> {
                try {
                    spin();
                } finally {
                    for (int i = 0; i < 3; i++) {
                        steps.append(i);
                    }
                }
            });
        } catch (TimeoutException e) {
            return steps.toString();
        }
        return "returned";
    }

    /** Its close method loops: an error thrown there, too, must not be the same object, or suppressing it fails. */
    private static final class Resource implements AutoCloseable {
        @Override
        public void close() {
            spin();
        }
    }

    private static String resourceIsClosed() {
        try {
            CancellationScope.named("resource").withDeadline(DEADLINE).run(() -> {
                try (Resource resource = new Resource()) {
                    sink += resource.hashCode();
                    spin();
                }
            });
        } catch (TimeoutException e) {
            return e.getCause().getClass().getSimpleName() + ", suppressed "
                    + e.getCause().getSuppressed()[0].getClass().getSimpleName();
        }
        return "returned";
    }

    /** Takes longer to initialise than the deadline allows. */
    private static final class Slow {
        static final long VALUE;

        static {
            long start = System.nanoTime();
            while (System.nanoTime() - start < INITIALISING_NANOS) {
                sink++;
            }
            VALUE = 42;
        }
    }

    private static String classStaysUsable() {
        try {
            CancellationScope.named("initialiser").withDeadline(DEADLINE).run(() -> {
                sink += Slow.VALUE;
                spin();
            });
        } catch (TimeoutException e) {
            return "usable afterwards, " + Slow.VALUE;
        }
        return "returned";
    }

    /** Blocks while it is being initialised, until long after the deadline. */
    private static final class Waiting {
        static final long VALUE;

        static {
            try {
                new CountDownLatch(1).await(INITIALISING_NANOS, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            VALUE = 43;
        }
    }

    private static String waitingClassStaysUsable() {
        try {
            CancellationScope.named("waiting initialiser")
                    .withDeadline(DEADLINE)
                    .run(() -> {
                        sink += Waiting.VALUE;
                        spin();
                    });
        } catch (TimeoutException e) {
            return "usable afterwards, " + Waiting.VALUE;
        }
        return "returned";
    }

    private static String waitingFinallyIsNotInterrupted() throws Exception {
        String[] ended = {"never began"};
        try {
            CancellationScope.named("waiting finally").withDeadline(DEADLINE).call(() -> {
                try {
                    spin();
                    return null;
                } finally {
                    ended[0] = "interrupted";
                    new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
                    ended[0] = "not interrupted";
                }
            });
        } catch (TimeoutException e) {
            return ended[0];
        }
        return "returned";
    }

    private static void spin() {
        while (true) {
            sink++;
        }
    }
}
