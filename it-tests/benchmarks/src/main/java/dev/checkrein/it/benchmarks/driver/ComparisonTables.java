package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Kernels;
import dev.checkrein.it.benchmarks.Phase;
import dev.checkrein.it.benchmarks.child.KernelSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checkrein beside checks written by hand, and beside JShell's local engine. */
final class ComparisonTables implements Part.Measurement {
    private static final Map<KernelSource, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put(KernelSource.COMPILED, "Checkrein");
        NAMES.put(KernelSource.CHECKED, "by hand");
        NAMES.put(KernelSource.JSHELL, "JShell");
    }

    @Override
    public void run(Condition condition, Settings settings, Report report) {
        Table table = report.table(
                "Comparison: " + condition,
                "For each way of making code stoppable: its time over that of the code as it is, median of "
                        + settings.pairs() + " pairs; and milliseconds from a request to the end, of "
                        + settings.stops()
                        + " stops. Loops that never end have no time.");
        for (Kernels.Group group : new Kernels.Group[] {Kernels.Group.ENDLESS, Kernels.Group.WORK}) {
            for (Kernels kernel : settings.kernels(group)) {
                if (KernelSource.CHECKED.has(kernel)) {
                    report.progress(kernel.label());
                    Map<String, Object> row = table.addRow("kernel", kernel.label());
                    Map<KernelSource, Ratios> ratios =
                            kernel.endless() ? Map.of() : ratios(new JmhRuns(condition, settings), kernel, settings);
                    NAMES.forEach((source, name) -> addCells(row, name, condition, source, kernel, settings, ratios));
                    report.write();
                }
            }
        }
    }

    private static Map<KernelSource, Ratios> ratios(JmhRuns jmh, Kernels kernel, Settings settings) {
        Map<KernelSource, Ratios> ratios = new EnumMap<>(KernelSource.class);
        for (int pair = 0; pair < settings.pairs(); pair++) {
            double without = jmh.nanos(kernel, KernelSource.COMPILED, Phase.BEFORE, false);
            for (KernelSource source : NAMES.keySet()) {
                double nanos = jmh.nanos(kernel, source, Phase.BEFORE, source == KernelSource.COMPILED);
                ratios.computeIfAbsent(source, s -> new Ratios()).add(nanos, without);
            }
        }
        return ratios;
    }

    private static void addCells(
            Map<String, Object> row,
            String name,
            Condition condition,
            KernelSource source,
            Kernels kernel,
            Settings settings,
            Map<KernelSource, Ratios> ratios) {
        row.put(name + ": time", ratios.get(source));
        Map<String, ?> latency = LatencyTables.latency(condition, source, kernel, settings.stops(), 0);
        latency.forEach((column, value) -> {
            if (!column.equals("max")) {
                row.put(name + ": " + column, value);
            }
        });
    }
}
