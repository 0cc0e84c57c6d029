package dev.checkrein;

import dev.checkrein.internal.bridge.PollCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the pauses of a {@link SafepointCoordinator} took, since it was made or its statistics were reset. Immutable.
 *
 * @param reasons by the name of the {@link StopReason}, in the order in which they first came; reasons beyond the hundredth
 *     together as {@code others}
 * @param stragglers threads that are the last to arrive much more often than they would be if all were alike, the worst first;
 *     of the first thousand names
 */
public record PauseStats(List<ByReason> reasons, List<Straggler> stragglers) {
    /** Copies the lists. */
    public PauseStats {
        reasons = List.copyOf(reasons);
        stragglers = List.copyOf(stragglers);
    }

    /**
     * Pauses for one reason.
     *
     * @param reason its name
     * @param count how many came about
     * @param timeouts how many did not, within their time limit
     * @param timeToSafepoint from the moment when threads are asked to stop until all have stopped. Waiting for other pauses to
     *     end is no part of it
     * @param held how long they were held
     * @param resume from the moment when threads are let go until all of the platform that had stopped at polls run again. Without
     *     the pauses that the next one followed sooner
     * @param lastArrival of the latest pause in which any thread ran to a poll and stopped there
     */
    public record ByReason(
            String reason,
            long count,
            long timeouts,
            Durations timeToSafepoint,
            Durations held,
            Durations resume,
            Optional<LastArrival> lastArrival) {
        private static ByReason of(Map<String, Object> row) {
            Durations stops = Durations.of(row.get("timeToSafepoint"));
            return new ByReason(
                    (String) row.get("reason"),
                    stops.count(),
                    (Long) row.get("timeouts"),
                    stops,
                    Durations.of(row.get("held")),
                    Durations.of(row.get("resume")),
                    row.containsKey("lastThread") ? Optional.of(LastArrival.of(row)) : Optional.empty());
        }
    }

    /**
     * How long something took, in all pauses for a reason, with two significant digits; all zero if there were none.
     *
     * @param count how many were measured
     * @param mean of all
     * @param p50 the median
     * @param p90 nine of ten took no longer
     * @param p99 99 of 100 took no longer
     * @param max the longest; an hour if it was longer
     */
    public record Durations(long count, Duration mean, Duration p50, Duration p90, Duration p99, Duration max) {
        static Durations of(Object figures) {
            long[] values = (long[]) figures;
            Duration[] times =
                    Arrays.stream(values).skip(1).mapToObj(Duration::ofNanos).toArray(Duration[]::new);
            return new Durations(values[0], times[0], times[1], times[2], times[3], times[4]);
        }
    }

    /**
     * The thread that the others had to wait for.
     *
     * @param thread its name
     * @param poll what kind of poll it stopped at: {@code loop}, {@code entry}, {@code allocation} or {@code return}
     * @param after how long after threads were asked to stop all had
     * @param site where it stood, innermost frame first; empty if it took less than a millisecond, or the thread is virtual
     */
    public record LastArrival(String thread, String poll, Duration after, List<StackTraceElement> site) {
        private static final String[] POLLS = new String[PollCode.COUNT];

        static {
            POLLS[PollCode.LOOP] = "loop";
            POLLS[PollCode.ENTRY] = "entry";
            POLLS[PollCode.ALLOCATION] = "allocation";
            POLLS[PollCode.RETURN] = "return";
        }

        /** Copies the list. */
        public LastArrival {
            site = List.copyOf(site);
        }

        private static LastArrival of(Map<String, Object> row) {
            return new LastArrival(
                    (String) row.get("lastThread"),
                    POLLS[(Integer) row.get("lastPoll")],
                    Duration.ofNanos((Long) row.get("lastNanos")),
                    List.of((StackTraceElement[]) row.get("lastSite")));
        }
    }

    /**
     * A thread that keeps the others waiting.
     *
     * @param thread its name
     * @param last in how many pauses it was the last to arrive
     * @param pauses how many there were in all in which more than one thread stopped at a poll
     */
    public record Straggler(String thread, long last, long pauses) {
        private static Straggler of(Object[] row) {
            return new Straggler((String) row[0], (Long) row[1], (Long) row[2]);
        }
    }

    @SuppressWarnings("unchecked")
    static PauseStats of(Map<String, Object> figures) {
        List<Map<String, Object>> reasons = (List<Map<String, Object>>) figures.get("reasons");
        List<Object[]> stragglers = (List<Object[]>) figures.get("stragglers");
        return new PauseStats(
                reasons.stream().map(ByReason::of).toList(),
                stragglers.stream().map(Straggler::of).toList());
    }
}
