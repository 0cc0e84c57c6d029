package dev.checkrein.it.benchmarks.child;

import dev.checkrein.Checkrein;
import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.PauseTimeoutException;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A thread that pauses all others ten times a second, and prints how long it took, in milliseconds, until they had stopped. */
final class PausingCompany implements Company {
    private static final long PERIOD_MILLIS = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Thread pauser = new Thread(this::pauseAgainAndAgain, "pauser");
    private final Histogram toStop = new Histogram(3);
    private volatile PauseTimeoutException failure;

    PausingCompany() {
        pauser.setDaemon(true);
        pauser.start();
    }

    private void pauseAgainAndAgain() {
        PauseRequest request = PauseRequest.of(StopReason.SNAPSHOT);
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
                long start = System.nanoTime();
                try (Pause pause = SafepointCoordinator.global().pause(request)) {
                    long end = System.nanoTime();
                    if (!pause.isHeld()) {
                        throw new IllegalStateException("the pause has ended by itself");
                    }
                    toStop.recordValue(end - start);
                }
            }
        } catch (InterruptedException closed) {
            // This is how it should end.
        } catch (PauseTimeoutException e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        pauser.interrupt();
        try {
            pauser.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        Figures.print("pauses", toStop.getTotalCount());
        Checkrein.Stops stops = Checkrein.status().stops();
        Figures.print("flips", stops.flips());
        Figures.print("retransformed", stops.retransformations());
        Figures.print("pause p50", toStop.getValueAtPercentile(50) / NANOS_PER_MILLI);
        Figures.print("pause p99", toStop.getValueAtPercentile(99) / NANOS_PER_MILLI);
        Figures.print("pause max", toStop.getMaxValue() / NANOS_PER_MILLI);
    }
}
