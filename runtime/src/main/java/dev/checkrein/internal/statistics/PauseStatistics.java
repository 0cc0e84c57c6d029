package dev.checkrein.internal.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the pauses of one coordinator took. Takes next to no memory before the first. Thread-safe. */
public final class PauseStatistics {
    /** What comes in further reasons is counted together. */
    private static final int MOST_REASONS = 100;

    private static final String OTHERS = "others";

    private Map<String, ReasonStatistics> reasons;
    private Stragglers stragglers;

    /**
     * Where a pause records what it takes. To be asked for before threads are stopped: it may have to be made.
     *
     * @return null if there is no memory for it
     */
    public synchronized ReasonStatistics of(String reason) {
        try {
            return findOrMake(reason);
        } catch (OutOfMemoryError full) {
            return null;
        }
    }

    private ReasonStatistics findOrMake(String reason) {
        if (reasons == null) {
            stragglers = new Stragglers();
            reasons = new LinkedHashMap<>();
        }
        ReasonStatistics found = reasons.get(reason);
        if (found == null) {
            String name = reasons.size() < MOST_REASONS ? reason : OTHERS;
            found = reasons.computeIfAbsent(name, each -> new ReasonStatistics(stragglers));
        }
        return found;
    }

    /** As if there had been no pauses for a reason. */
    public synchronized void forget(String reason) {
        if (reasons != null) {
            reasons.remove(reason);
        }
    }

    /** As if there had been no pauses. */
    public synchronized void reset() {
        if (reasons != null) {
            reasons.values().forEach(ReasonStatistics::reset);
            stragglers.reset();
        }
    }

    /** Under the names of the components of {@code PauseStats} and its parts; durations as in {@link Durations#figures}. */
    public synchronized Map<String, Object> figures() {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Object[]> late = List.of();
        if (reasons != null) {
            reasons.forEach((name, each) -> {
                Map<String, Object> row = each.figures(name);
                if (row != null) {
                    rows.add(row);
                }
            });
            late = stragglers.figures();
        }
        Map<String, Object> figures = new HashMap<>();
        figures.put("reasons", rows);
        figures.put("stragglers", late);
        return figures;
    }
}
