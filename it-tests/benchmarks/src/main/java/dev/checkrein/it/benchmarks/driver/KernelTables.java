package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Kernels;
import dev.checkrein.it.benchmarks.Phase;
import dev.checkrein.it.benchmarks.child.KernelSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each kernel in each phase. */
final class KernelTables implements Part.Measurement {
    @Override
    public void run(Condition condition, Settings settings, Report report) {
        Table table = report.table(
                "Kernels: " + condition,
                "Time with the agent over time without: the median of " + settings.pairs()
                        + " pairs of JVMs that ran one after the other, and the smallest and greatest.");
        Map<String, List<Double>> medians = new LinkedHashMap<>();
        for (Kernels kernel : settings.kernels(Kernels.Group.WORK)) {
            report.progress(kernel.label());
            Comparison comparison = new Comparison(new JmhRuns(condition, settings), kernel);
            for (int pair = 0; pair < settings.pairs(); pair++) {
                comparison.addRound(settings.phases());
            }
            Map<String, Object> row = table.addRow("kernel", kernel.label());
            row.put("µs without", comparison.baselineNanos() / 1000);
            comparison.ratios.forEach((phase, ratios) -> {
                row.put(phase.label(), ratios);
                medians.computeIfAbsent(phase.label(), p -> new ArrayList<>()).add(ratios.median());
            });
            report.write();
        }
        addSummary(table, "kernel", medians);
        report.write();
    }

    /** Adds the mean and the worst of each column. */
    static void addSummary(Table table, String firstColumn, Map<String, List<Double>> medians) {
        Map<String, Object> mean = table.addRow(firstColumn, "**geometric mean**");
        medians.forEach((column, all) -> mean.put(column, Ratios.geometricMean(all)));
        Map<String, Object> worst = table.addRow(firstColumn, "**worst**");
        medians.forEach((column, all) ->
                worst.put(column, all.stream().mapToDouble(d -> d).max().orElseThrow()));
    }

    /** One kernel. In each round the phases share the baseline that has the same company. */
    private static final class Comparison {
        private final JmhRuns jmh;
        private final Kernels kernel;
        private final List<Double> baselines = new ArrayList<>();
        private final Map<Phase, Ratios> ratios = new EnumMap<>(Phase.class);

        Comparison(JmhRuns jmh, Kernels kernel) {
            this.jmh = jmh;
            this.kernel = kernel;
        }

        void addRound(List<Phase> phases) {
            Map<Phase.Company, Double> baseline = new EnumMap<>(Phase.Company.class);
            for (Phase phase : phases) {
                double without = baseline.computeIfAbsent(
                        phase.company(), company -> jmh.nanos(kernel, KernelSource.COMPILED, phase, false));
                double with = jmh.nanos(kernel, KernelSource.COMPILED, phase, true);
                ratios.computeIfAbsent(phase, p -> new Ratios()).add(with, without);
            }
            baselines.addAll(baseline.values().stream().limit(1).toList());
        }

        double baselineNanos() {
            return Ratios.median(baselines);
        }
    }
}
