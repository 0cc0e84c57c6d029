package dev.checkrein.internal.statistics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long something took, each time. With two significant digits, from a microsecond to an hour. Not thread-safe. */
final class Durations {
    private static final long SHORTEST_NANOS = 1_000;
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 2;
    private static final double[] PERCENTILES = {50, 90, 99};

    private final Histogram histogram = new Histogram(SHORTEST_NANOS, LONGEST_NANOS, DIGITS);

    /** What is longer than an hour counts as an hour. Allocates nothing. */
    void add(long nanos) {
        histogram.recordValue(Math.max(0, Math.min(nanos, LONGEST_NANOS)));
    }

    void reset() {
        histogram.reset();
    }

    /** How often; and in nanoseconds the mean, the median, the 90th and 99th percentile and the longest. */
    long[] figures() {
        long longest = histogram.getMaxValue();
        long[] figures = new long[PERCENTILES.length + 3];
        figures[0] = histogram.getTotalCount();
        figures[1] = figures[0] == 0 ? 0 : Math.round(histogram.getMean());
        for (int i = 0; i < PERCENTILES.length; i++) {
            figures[2 + i] = Math.min(longest, histogram.getValueAtPercentile(PERCENTILES[i]));
        }
        figures[figures.length - 1] = longest;
        return figures;
    }
}
