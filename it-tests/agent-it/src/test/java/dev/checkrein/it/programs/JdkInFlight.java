package dev.checkrein.it.programs;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a pause does not promise: a timer in the JDK's own code goes off while it holds. What it calls of ours does not run. */
public final class JdkInFlight {
    private static volatile boolean followed;

    private JdkInFlight() {}

    public static void main(String[] args) throws Exception {
        new CompletableFuture<Integer>()
                .completeOnTimeout(0, 1, TimeUnit.MILLISECONDS)
                .get(); // starts its thread
        CompletableFuture<Integer> future = new CompletableFuture<>();
        CompletableFuture<Void> then = future.thenAccept(value -> followed = true);
        future.completeOnTimeout(1, 500, TimeUnit.MILLISECONDS);
        try (Pause pause = SafepointCoordinator.global().pause(PauseRequest.of(StopReason.SNAPSHOT))) {
            System.out.println("done before: " + future.isDone());
            while (!future.isDone()) {
                Thread.onSpinWait();
            }
            long start = System.nanoTime();
            while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(100)) {
                Thread.onSpinWait();
            }
            System.out.println("done while it holds: " + pause.isHeld() + ", followed: " + followed);
        }
        then.get();
        System.out.println("followed afterwards: " + followed);
    }
}
