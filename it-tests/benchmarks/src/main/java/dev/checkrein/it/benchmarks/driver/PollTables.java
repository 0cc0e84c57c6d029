package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Kernels;
import dev.checkrein.it.benchmarks.Phase;
import dev.checkrein.it.benchmarks.child.KernelSource;
import dev.checkrein.it.benchmarks.kernels.polls.LoopPoll;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one poll costs, compiled and interpreted. */
final class PollTables implements Part.Measurement {
    /** Each kernel with the options that leave it with one poll in each turn, and that of the kind it is named after. */
    private static final Map<Kernels, String> POLLS = new LinkedHashMap<>();

    static {
        POLLS.put(Kernels.LOOP_POLL, "polls=loops");
        POLLS.put(Kernels.ENTRY_POLL, "polls=entries");
        POLLS.put(Kernels.ALLOCATION_POLL, "polls=allocations,elide=off");
    }

    @Override
    public void run(Condition condition, Settings settings, Report report) {
        Table table = report.table(
                "Polls: " + condition,
                "Nanoseconds for one turn of the emptiest body that is left to itself, and what a poll adds to it: medians of "
                        + settings.pairs() + " pairs.");
        POLLS.forEach((kernel, options) -> {
            if (settings.isWanted(kernel.label())) {
                Condition polled = condition.withOptions(options);
                addRow(table, kernel, " compiled", polled, settings, report);
                addRow(table, kernel, " interpreted", polled.withFlag("-Xint"), settings, report);
            }
        });
    }

    private static void addRow(
            Table table, Kernels kernel, String mode, Condition condition, Settings settings, Report report) {
        report.progress(kernel.label() + mode);
        Map<String, Object> row = table.addRow("poll", kernel.label() + mode);
        JmhRuns jmh = new JmhRuns(condition, settings);
        for (Phase phase : settings.phases()) {
            if (phase.company() != Phase.Company.NONE) {
                continue;
            }
            List<Double> without = new ArrayList<>();
            List<Double> with = new ArrayList<>();
            for (int pair = 0; pair < settings.pairs(); pair++) {
                without.add(jmh.nanos(kernel, KernelSource.COMPILED, phase, false) / LoopPoll.TURNS);
                with.add(jmh.nanos(kernel, KernelSource.COMPILED, phase, true) / LoopPoll.TURNS);
            }
            row.putIfAbsent("without", Ratios.median(without));
            row.put("+ " + phase.label(), Ratios.median(with) - Ratios.median(without));
        }
        report.write();
    }
}
