package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Kernels;
import dev.checkrein.it.benchmarks.child.KernelSource;
import dev.checkrein.it.benchmarks.child.LatencyMain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long a stop takes, from the request to the end, for every kernel and for loops that never end. */
final class LatencyTables implements Part.Measurement {
    @Override
    public void run(Condition condition, Settings settings, Report report) {
        for (int classes : settings.classes()) {
            Table table = report.table(
                    "Latency: " + condition + ", " + classes + " more classes loaded",
                    "Milliseconds from the request to the end, of " + settings.stops()
                            + " stops: the first by itself, then the others.");
            Map<String, List<Double>> all = new LinkedHashMap<>();
            for (Kernels kernel : kernels(settings)) {
                report.progress(kernel.label());
                Map<String, Object> row = table.addRow("loop", kernel.label());
                row.putAll(latency(condition, KernelSource.COMPILED, kernel, settings.stops(), classes));
                row.forEach((column, value) -> {
                    if (value instanceof Double millis) {
                        all.computeIfAbsent(column, c -> new ArrayList<>()).add(millis);
                    }
                });
                report.write();
            }
            Map<String, Object> median = table.addRow("loop", "**median**");
            Map<String, Object> worst = table.addRow("loop", "**worst**");
            all.forEach((column, values) -> {
                median.put(column, Ratios.median(values));
                worst.put(column, Collections.max(values));
            });
            report.write();
        }
    }

    private static List<Kernels> kernels(Settings settings) {
        List<Kernels> kernels = new ArrayList<>(settings.kernels(Kernels.Group.ENDLESS));
        kernels.addAll(settings.kernels(Kernels.Group.WORK));
        return kernels;
    }

    /** The figures of one loop, or why there are none. */
    static Map<String, ?> latency(Condition condition, KernelSource source, Kernels kernel, int stops, int classes) {
        try {
            String include = source == KernelSource.COMPILED ? JmhRuns.INCLUDE : null;
            return new ChildRuns(condition)
                    .figures(include, LatencyMain.class, kernel.name(), source.name(), stops, classes);
        } catch (IllegalStateException | AssertionError e) {
            return Map.of(
                    "first", "failed: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }
}
