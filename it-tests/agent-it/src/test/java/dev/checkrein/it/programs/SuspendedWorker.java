package dev.checkrein.it.programs;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.io.IOException;

/** A thread runs until a debugger suspends it. Pauses for each line that is read, and tells whether it came about. */
public final class SuspendedWorker {
    private static long steps;

    private SuspendedWorker() {}

    public static void main(String[] args) throws Exception {
        Thread worker = new Thread(SuspendedWorker::work, "to be suspended");
        worker.setDaemon(true);
        worker.start();
        while (steps == 0) {
            Thread.sleep(1); // the field is read anew
        }
        System.out.println("ready");
        while (awaitLine()) {
            try (Pause pause = SafepointCoordinator.global().pause(PauseRequest.of(StopReason.DEBUG))) {
                long seen = steps;
                System.out.println("paused");
                awaitLine();
                while (pause.stoppedThreads() == 0) {
                    Thread.onSpinWait(); // until it has come to a poll
                }
                long now = steps;
                System.out.println("ran on: " + (now != seen) + ", and stopped: " + (now == readAgain()));
            }
            System.out.println("closed");
        }
    }

    private static void work() {
        while (true) {
            steps++;
        }
    }

    private static long readAgain() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 50_000_000) {
            Thread.onSpinWait();
        }
        return steps;
    }

    private static boolean awaitLine() throws IOException {
        int read = System.in.read();
        while (read != '\n' && read >= 0) {
            read = System.in.read();
        }
        return read >= 0;
    }
}
