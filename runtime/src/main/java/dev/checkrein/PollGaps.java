package dev.checkrein;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long threads run on until they poll, from moments that nobody has chosen: what a pause or a cancel has to wait for. As measured by
 * {@link SafepointCoordinator#pollGaps}. Immutable.
 *
 * @param stops how often threads were asked to poll
 * @param gaps how long after that each thread polled that was running; where it had to be made to poll first, as a pause would, with
 *     the time for that
 * @param longest the longest of them; empty if no thread was running
 */
public record PollGaps(long stops, PauseStats.Durations gaps, Optional<Longest> longest) {
    /**
     * The longest gap.
     *
     * @param thread the name of the thread
     * @param gap how long it ran on
     * @param site where it polled at last, innermost frame first: what took so long came right before
     */
    public record Longest(String thread, Duration gap, List<StackTraceElement> site) {
        /** Copies the list. */
        public Longest {
            site = List.copyOf(site);
        }
    }

    static PollGaps of(Map<String, Object> figures) {
        Optional<Longest> longest = figures.containsKey("thread")
                ? Optional.of(new Longest(
                        (String) figures.get("thread"),
                        Duration.ofNanos((Long) figures.get("longest")),
                        List.of((StackTraceElement[]) figures.get("site"))))
                : Optional.empty();
        return new PollGaps((Long) figures.get("stops"), PauseStats.Durations.of(figures.get("gaps")), longest);
    }
}
