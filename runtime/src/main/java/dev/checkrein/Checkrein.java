package dev.checkrein;

import dev.checkrein.internal.bridge.Engines;
import java.util.List;
import java.util.Map;

/** What Checkrein is doing in this JVM. Thread-safe. */
public final class Checkrein {
    private Checkrein() {}

    /** Whether the agent is installed in this JVM, so that rewritten code polls. */
    public static boolean isInstalled() {
        return status().installed();
    }

    /** The counts as they stand now. They are read one after the other, while classes are being rewritten. */
    public static Status status() {
        return Status.of(Engines.current().status());
    }

    /**
     * What was rewritten and what was not.
     *
     * @param installed whether the agent is installed; if not, all counts are zero
     * @param version the version of the runtime that owns this JVM's threads, which may be another copy than the
     *     caller's own
     * @param classesRewritten classes that were given polls, each rewriting counted
     * @param loopPolls polls put at back-edges
     * @param entryPolls polls put at method entries
     * @param allocationPolls polls put after allocations
     * @param leftAlone classes and methods that were selected but could not be rewritten, with the reason; the first
     *     hundred of them
     * @param leftAloneCount how many those are in all
     */
    public record Status(
            boolean installed,
            String version,
            long classesRewritten,
            long loopPolls,
            long entryPolls,
            long allocationPolls,
            List<String> leftAlone,
            long leftAloneCount) {

        /** Copies the list. */
        public Status {
            leftAlone = List.copyOf(leftAlone);
        }

        private static Status of(Map<String, Object> values) {
            return new Status(
                    (Boolean) values.getOrDefault("installed", false),
                    (String) values.get("version"),
                    count(values, "classesRewritten"),
                    count(values, "loopPolls"),
                    count(values, "entryPolls"),
                    count(values, "allocationPolls"),
                    ((List<?>) values.getOrDefault("leftAlone", List.of()))
                            .stream().map(String::valueOf).toList(),
                    count(values, "leftAloneCount"));
        }

        private static long count(Map<String, Object> values, String key) {
            return ((Number) values.getOrDefault(key, 0L)).longValue();
        }
    }
}
