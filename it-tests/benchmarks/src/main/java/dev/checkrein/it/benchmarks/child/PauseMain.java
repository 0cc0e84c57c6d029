package dev.checkrein.it.benchmarks.child;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.PauseTimeoutException;
import dev.checkrein.StopReason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Stops many threads that all want to run, in turns by a pause and by a safepoint of the JVM's own, and prints in milliseconds how
 * long it takes until all have stopped, to let them go, and until all have run again.
 */
public final class PauseMain {
    private static final PauseRequest REQUEST = PauseRequest.of(StopReason.SNAPSHOT);
    private static final String OPERATION = "FindDeadlocks";
    private static final Pattern REACHING = Pattern.compile('"' + OPERATION + "\".*Reaching safepoint:\\s+(\\d+) ns");
    /** Pauses for each that is not measured. */
    private static final int PER_WARM_UP = 5;

    private static final int FEW = 2;
    private static final int PAUSES_OF_FEW = 2_000;

    /** For which the requester sleeps, so that the others run: what is measured is to stop threads that do. */
    private static final long BETWEEN_MILLIS = 20;

    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final double NANOS_PER_MILLI = 1e6;

    private final PausedThreads threads;
    private final ThreadMXBean jvm = ManagementFactory.getThreadMXBean();
    private final Histogram toStop = new Histogram(3);
    private final Histogram close = new Histogram(3);
    private final Histogram again = new Histogram(3);
    private final Histogram againAfterJvm = new Histogram(3);

    private PauseMain(PausedThreads threads) {
        this.threads = threads;
    }

    /** Arguments: {@code workers} or {@code threads}, how many, how many pauses, and the file that safepoints are logged to. */
    public static void main(String[] args) throws Exception {
        PausedThreads threads = new PausedThreads(args[0]);
        PauseMain main = new PauseMain(threads);
        threads.start(FEW);
        main.warmUp();
        threads.start(Integer.parseInt(args[1]) - FEW);
        int pauses = Integer.parseInt(args[2]);
        int warmUps = 1 + pauses / PER_WARM_UP;
        for (int i = 0; i < warmUps + pauses; i++) {
            if (i == warmUps) {
                Stream.of(main.toStop, main.close, main.again, main.againAfterJvm)
                        .forEach(Histogram::reset);
            }
            main.pause();
            main.jvmSafepoint();
        }
        print("to stop", main.toStop);
        print("JVM to stop", reachingSafepoint(Path.of(args[3]), warmUps));
        print("close", main.close);
        print("all again", main.again);
        print("JVM all again", main.againAfterJvm);
        System.exit(0);
    }

    /** With few threads: among a thousand that want to run, code that is new would take minutes to get warm. */
    private void warmUp() throws PauseTimeoutException, InterruptedException {
        for (int i = 0; i < PAUSES_OF_FEW; i++) {
            threads.coordinator().pause(REQUEST).close();
            Thread.sleep(1); // the others are to run between
        }
    }

    private void pause() throws PauseTimeoutException, InterruptedException {
        Thread.sleep(BETWEEN_MILLIS);
        long start = System.nanoTime();
        long stopped;
        long closing;
        try (Pause pause = threads.coordinator().pause(REQUEST)) {
            stopped = System.nanoTime();
            if (pause.stoppedThreads() < threads.count()) {
                throw new IllegalStateException("only " + pause.stoppedThreads() + " have stopped");
            }
            closing = System.nanoTime();
        }
        long closed = System.nanoTime();
        toStop.recordValue(stopped - start);
        close.recordValue(closed - closing);
        again.recordValue(threads.nanosUntilAllHaveRun(LOOK_NANOS));
    }

    private void jvmSafepoint() throws InterruptedException {
        Thread.sleep(BETWEEN_MILLIS);
        if (jvm.findDeadlockedThreads() != null) {
            throw new IllegalStateException("there is a deadlock");
        }
        againAfterJvm.recordValue(threads.nanosUntilAllHaveRun(LOOK_NANOS));
    }

    private static Histogram reachingSafepoint(Path log, int warmUps) throws IOException {
        Histogram histogram = new Histogram(3);
        try (Stream<String> lines = Files.lines(log)) {
            lines.map(REACHING::matcher)
                    .filter(Matcher::find)
                    .skip(warmUps)
                    .forEach(line -> histogram.recordValue(Long.parseLong(line.group(1))));
        }
        return histogram;
    }

    private static void print(String name, Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            throw new IllegalStateException("nothing measured for " + name);
        }
        Figures.print(name + " p50", histogram.getValueAtPercentile(50) / NANOS_PER_MILLI);
        Figures.print(name + " p99", histogram.getValueAtPercentile(99) / NANOS_PER_MILLI);
    }
}
