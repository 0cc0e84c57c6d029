package dev.checkrein.internal.statistics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * How long threads run without polling, as the action of handshakes that are asked for again and again: how long after it was asked
 * for each thread polled. Those for which the requester acts run nothing that could poll, and are not counted. Thread-safe.
 */
public final class GapStatistics implements ObjLongConsumer<Thread> {
    private final Durations gaps = new Durations();
    private long stops;
    private long longest = -1;
    private String thread;
    private StackTraceElement[] site;

    @Override
    public void accept(Thread polling, long nanos) {
        if (polling == Thread.currentThread()) {
            add(nanos);
        }
    }

    private synchronized void add(long nanos) {
        gaps.add(nanos);
        if (nanos > longest) {
            longest = nanos;
            thread = Thread.currentThread().getName();
            site = PollSite.of(Thread.currentThread().getStackTrace());
        }
    }

    /** A handshake has come about. */
    public synchronized void stopped() {
        stops++;
    }

    /** Under the names of the components of {@code PollGaps}; durations as in {@link Durations#figures}. */
    public synchronized Map<String, Object> figures() {
        Map<String, Object> figures = new HashMap<>();
        figures.put("stops", stops);
        figures.put("gaps", gaps.figures());
        if (thread != null) {
            figures.put("thread", thread);
            figures.put("longest", longest);
            figures.put("site", site.clone());
        }
        return figures;
    }
}
