package dev.checkrein.it.benchmarks.kills;

import dev.checkrein.it.benchmarks.child.Figures;
import dev.checkrein.it.benchmarks.child.Victim;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Ends one runaway in one way again and again, and prints how long that took, in milliseconds. */
public final class KillMain {
    /** What is printed if one did not end. */
    public static final String NEVER = "never";

    /** Of each. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(4);

    /** Before the first, which is not counted: it is compiled by then. */
    private static final long RUN_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double NANOS_PER_MILLI = 1e6;

    private KillMain() {}

    /** Arguments: the runaway, the way, and how often. */
    public static void main(String[] args) {
        Runaway runaway = Runaway.valueOf(args[0]);
        Way way = Way.valueOf(args[1]);
        int stops = Integer.parseInt(args[2]);
        Histogram histogram = new Histogram(3);
        try (Victim victim = new Victim(() -> null, way.channels(runaway))) {
            boolean ended = victim.stopWithin(LIMIT_NANOS, RUN_UP_NANOS).isPresent();
            for (int i = 0; i < stops && ended; i++) {
                long delay = ThreadLocalRandom.current().nextLong(SHORTEST_NANOS, LONGEST_NANOS);
                OptionalLong took = victim.stopWithin(LIMIT_NANOS, delay);
                ended = took.isPresent();
                took.ifPresent(histogram::recordValue);
            }
            if (ended) {
                Figures.print("p50", histogram.getValueAtPercentile(50) / NANOS_PER_MILLI);
                Figures.print("p99", histogram.getValueAtPercentile(99) / NANOS_PER_MILLI);
            } else {
                Figures.print(NEVER, histogram.getTotalCount());
            }
        }
        Runtime.getRuntime().halt(0); // what never ends must not keep the JVM from its end
    }
}
