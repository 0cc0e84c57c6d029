package dev.checkrein.internal.statistics;

import java.util.HashMap;
import java.util.Map;

/** What the pauses for one reason took. Thread-safe. Recording allocates nothing, but for the last arrival. */
public final class ReasonStatistics {
    private final Stragglers stragglers;
    private final Durations timeToSafepoint = new Durations();
    private final Durations held = new Durations();
    private final Durations resume = new Durations();
    private long timeouts;
    private LastArrival last;

    static {
        new LastArrival("", 0, 0, null).poll(); // is loaded now, and not while threads stand still
    }

    /**
     * Who arrived last.
     *
     * @param thread its name
     * @param poll a {@link dev.checkrein.internal.bridge.PollCode}
     * @param nanos after how long
     * @param site where it stands, innermost frame first; empty if nobody looked
     */
    private record LastArrival(String thread, int poll, long nanos, StackTraceElement[] site) {}

    ReasonStatistics(Stragglers stragglers) {
        this.stragglers = stragglers;
    }

    /** A pause has come about, for nobody or with all outside. */
    public synchronized void stopped(long nanos) {
        timeToSafepoint.add(nanos);
    }

    /**
     * A pause has come about.
     *
     * @param arrived how many stand at a poll, at least one
     * @param thread the last of them
     * @param poll a {@link dev.checkrein.internal.bridge.PollCode}
     * @param site where it stands; may be empty
     */
    public void stopped(long nanos, int arrived, Thread thread, int poll, StackTraceElement[] site) {
        String name = thread.getName();
        synchronized (this) {
            timeToSafepoint.add(nanos);
            last = new LastArrival(name, poll, nanos, site);
        }
        stragglers.last(name, arrived);
    }

    /** A pause has not come about in time. */
    public synchronized void timedOut() {
        timeouts++;
    }

    /** A pause is over that was held for so long. */
    public synchronized void held(long nanos) {
        held.add(nanos);
    }

    /** All that had arrived run again, so long after they were let go. */
    public synchronized void resumed(long nanos) {
        resume.add(nanos);
    }

    synchronized void reset() {
        timeToSafepoint.reset();
        held.reset();
        resume.reset();
        timeouts = 0;
        last = null;
    }

    /** Null if there was none. */
    synchronized Map<String, Object> figures(String reason) {
        long[] stops = timeToSafepoint.figures();
        if (stops[0] == 0 && timeouts == 0) {
            return null;
        }
        Map<String, Object> figures = new HashMap<>();
        figures.put("reason", reason);
        figures.put("timeouts", timeouts);
        figures.put("timeToSafepoint", stops);
        figures.put("held", held.figures());
        figures.put("resume", resume.figures());
        if (last != null) {
            figures.put("lastThread", last.thread);
            figures.put("lastPoll", last.poll);
            figures.put("lastNanos", last.nanos);
            figures.put("lastSite", last.site.clone());
        }
        return figures;
    }
}
