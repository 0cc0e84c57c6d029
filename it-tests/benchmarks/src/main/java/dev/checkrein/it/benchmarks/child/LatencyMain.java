package dev.checkrein.it.benchmarks.child;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.Kernels;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Stops a kernel again and again and prints, in milliseconds, how long it took from the request to the end: the first time by
 * itself, the others as percentiles.
 */
public final class LatencyMain {
    /** Before the first stop: it is compiled by then, for good, and the agent has rehearsed. */
    private static final long RUN_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    /** Before each other: it is in compiled code again by then, and the compilers are idle, as with a loop that ran away. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private static final double NANOS_PER_MILLI = 1e6;

    private LatencyMain() {}

    /** Arguments: the kernel, its source, how often to stop it, and how many classes to load first. */
    public static void main(String[] args) {
        Kernels name = Kernels.valueOf(args[0]);
        KernelSource source = KernelSource.valueOf(args[1]);
        int stops = Integer.parseInt(args[2]);
        FillerClasses.load(Integer.parseInt(args[3]));
        Kernel kernel = source.create(name);
        Histogram histogram = new Histogram(3);
        try (Victim victim = new Victim(kernel::run, source.channels(kernel))) {
            Figures.print("first", victim.stopAfter(RUN_UP_NANOS) / NANOS_PER_MILLI);
            Rewriting.mustBe(source == KernelSource.COMPILED);
            for (int i = 1; i < stops; i++) {
                long delay = ThreadLocalRandom.current().nextLong(SHORTEST_NANOS, LONGEST_NANOS);
                histogram.recordValue(victim.stopAfter(delay));
            }
        }
        Figures.print("p50", histogram.getValueAtPercentile(50) / NANOS_PER_MILLI);
        Figures.print("p99", histogram.getValueAtPercentile(99) / NANOS_PER_MILLI);
        Figures.print("max", histogram.getMaxValue() / NANOS_PER_MILLI);
        // JShell's threads are no daemons.
        System.exit(0);
    }
}
