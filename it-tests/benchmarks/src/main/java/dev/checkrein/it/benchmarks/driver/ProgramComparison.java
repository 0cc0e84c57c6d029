package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Phase;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One program, with the agent and without in turns. Not thread-safe. */
final class ProgramComparison {
    private final ProgramRuns runs;
    private final int pairs;
    private final Map<String, Ratios> ratios = new LinkedHashMap<>();

    ProgramComparison(ProgramRuns runs, int pairs) {
        this.runs = runs;
        this.pairs = pairs;
    }

    /** Of what has been measured so far, by column. */
    Map<String, Ratios> ratios() {
        return ratios;
    }

    void addColdStart(Map<String, Object> row, String column) {
        double without = Double.NaN;
        Ratios cold = new Ratios();
        for (int pair = 0; pair < pairs; pair++) {
            without = runs.coldMillis(false);
            cold.add(runs.coldMillis(true), without);
        }
        row.put("cold ms", without);
        row.put(column, cold);
        ratios.put(column, cold);
    }

    /** In each round the phases share the baseline that has the same company. A phase that fails has its failure in its cell. */
    void addPhases(Map<String, Object> row, List<Phase> phases) {
        for (int pair = 0; pair < pairs; pair++) {
            Map<Phase.Company, Double> baseline = new EnumMap<>(Phase.Company.class);
            for (Phase phase : phases) {
                try {
                    addPair(row, phase, baseline);
                } catch (IllegalStateException | AssertionError e) {
                    row.put(phase.label(), "failed: " + firstLine(e));
                }
            }
        }
    }

    private void addPair(Map<String, Object> row, Phase phase, Map<Phase.Company, Double> baseline) {
        double without =
                baseline.computeIfAbsent(phase.company(), company -> runs.steadyMillis(phase, false, figures -> {}));
        double with = runs.steadyMillis(phase, true, figures -> addPauses(row, figures));
        row.putIfAbsent("steady ms", without);
        ratios.computeIfAbsent(phase.label(), p -> new Ratios()).add(with, without);
        row.put(phase.label(), ratios.get(phase.label()));
    }

    /** Of the last pair, if there were any. */
    private static void addPauses(Map<String, Object> row, Map<String, Double> figures) {
        figures.forEach((name, value) -> {
            if (name.startsWith("pause ")) {
                row.put(name, value);
            }
        });
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
