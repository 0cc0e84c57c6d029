package dev.checkrein.it.programs;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.time.Duration;

/** Threads pause all others and die, or hang, without an end to it: when the lease is over all go on. */
public final class DeadRequesters {
    private static final PauseRequest REQUEST =
            PauseRequest.of(StopReason.DEBUG).withLease(Duration.ofMillis(300));

    private static long steps;
    private static volatile Pause pause;

    private DeadRequesters() {}

    public static void main(String[] args) throws Exception {
        Thread worker = new Thread(() -> {
            while (true) {
                steps++;
            }
        });
        worker.setDaemon(true);
        worker.start();
        pausedBy("dies", () -> {
            throw new IllegalStateException("as expected");
        });
        pausedBy("hangs", () -> {
            while (true) {
                Thread.onSpinWait();
            }
        });
        System.exit(0);
    }

    private static void pausedBy(String name, Runnable afterwards) throws Exception {
        pause = null;
        Thread requester = new Thread(
                () -> {
                    try {
                        pause = SafepointCoordinator.global().pause(REQUEST);
                    } catch (Exception e) {
                        e.printStackTrace();
                    }
                    afterwards.run();
                },
                name);
        requester.setUncaughtExceptionHandler((thread, e) -> {});
        requester.setDaemon(true);
        requester.start();
        while (pause == null || pause.isHeld()) {
            Thread.onSpinWait(); // stands still, too, until the lease is over
        }
        long seen = steps;
        while (steps == seen) {
            Thread.sleep(1); // the field is read anew
        }
        System.out.println("one that " + name + " holds nobody up");
    }
}
