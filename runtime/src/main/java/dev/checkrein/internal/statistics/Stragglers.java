package dev.checkrein.internal.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which threads, by name, are the last to arrive more often than chance would have it. Somebody is always the last; among
 * {@code n} alike each is so in one pause of {@code n}. Thread-safe.
 */
final class Stragglers {
    /** Names beyond are not counted: an application that makes up a new one for each thread must not fill the heap here. */
    private static final int MOST_NAMES = 1_000;

    private static final int FEWEST = 10;

    /** So many times the share, and so many standard deviations above: a false alarm in a few thousand looks. */
    private static final double TIMES_SHARE = 2;

    private static final double DEVIATIONS = 4;

    private final Map<String, long[]> lastOf = new HashMap<>();
    private long pauses;

    /** How often each would have been the last by now if all were alike. */
    private double share;

    /**
     * A pause has come about.
     *
     * @param name of the last
     * @param arrived how many there were
     */
    synchronized void last(String name, int arrived) {
        if (arrived < 2) {
            return; // the only one is the last by nobody's fault
        }
        pauses++;
        share += 1.0 / arrived;
        long[] count = lastOf.get(name);
        if (count == null) {
            if (lastOf.size() == MOST_NAMES) {
                return;
            }
            count = new long[1];
            lastOf.put(name, count);
        }
        count[0]++;
    }

    synchronized void reset() {
        lastOf.clear();
        pauses = 0;
        share = 0;
    }

    /** The worst first: the name, in how many pauses it was the last, and how many there were. */
    synchronized List<Object[]> figures() {
        List<Object[]> figures = new ArrayList<>();
        double limit = Math.max(FEWEST, Math.max(TIMES_SHARE * share, share + DEVIATIONS * Math.sqrt(share)));
        lastOf.forEach((name, count) -> {
            if (count[0] > limit) {
                figures.add(new Object[] {name, count[0], pauses});
            }
        });
        figures.sort((a, b) -> Long.compare((Long) b[1], (Long) a[1]));
        return figures;
    }
}
