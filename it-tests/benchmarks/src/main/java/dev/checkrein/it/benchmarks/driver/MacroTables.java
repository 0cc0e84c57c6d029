package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.programs.Programs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Third-party programs: a whole process that runs one once, and the speed that one comes to when it is run often. */
final class MacroTables implements Part.Measurement {
    private static final String COLD = "cold start";

    @Override
    public void run(Condition condition, Settings settings, Report report) {
        Table table = report.table(
                "Programs: " + condition,
                "Time with the agent over time without, median of " + settings.pairs()
                        + " pairs. Cold start: a process that runs the program once. Phases: the median of the later half of "
                        + settings.turns() + " turns in one JVM.");
        Map<String, List<Double>> medians = new LinkedHashMap<>();
        for (Programs program : wanted(settings)) {
            report.progress(program.label());
            Map<String, Object> row = table.addRow("program", program.label());
            ProgramRuns runs = new ProgramRuns(condition, settings, program);
            ProgramComparison comparison = new ProgramComparison(runs, settings.pairs());
            comparison.addColdStart(row, COLD);
            comparison.addPhases(row, settings.phases());
            comparison
                    .ratios()
                    .forEach((column, ratios) -> medians.computeIfAbsent(column, c -> new ArrayList<>())
                            .add(ratios.median()));
            report.write();
        }
        KernelTables.addSummary(table, "program", medians);
        report.write();
    }

    private static List<Programs> wanted(Settings settings) {
        return Arrays.stream(Programs.values())
                .filter(program -> settings.isWanted(program.label()))
                .toList();
    }
}
