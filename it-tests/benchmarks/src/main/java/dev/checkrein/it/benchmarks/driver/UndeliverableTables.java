package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Kernels;
import dev.checkrein.it.benchmarks.Phase;
import dev.checkrein.it.benchmarks.child.KernelSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a cancelled call that nothing can end costs the other threads, for as long as it lasts. */
final class UndeliverableTables implements Part.Measurement {
    /** A leaf loop, one that is not vectorised, calls, and allocation: a cost to all polls shows in one of them. */
    private static final Set<Kernels> KERNELS =
            Set.of(Kernels.SAXPY, Kernels.SIEVE, Kernels.FIB, Kernels.ALLOCATION, Kernels.INTERPRETER_LOOP);

    private static final long MILLIS_PER_SECOND = 1000;

    @Override
    public void run(Condition condition, Settings settings, Report report) {
        Table table = report.table(
                "Undeliverable: " + condition,
                "A call spins in a class initialiser, or waits for a monitor, and was cancelled. Time of another thread with"
                        + " that over time with the same call never cancelled and no agent; " + settings.seconds()
                        + " s each.");
        int iterations = Math.max(1, (int) (settings.seconds() * MILLIS_PER_SECOND / settings.millis()));
        JmhRuns jmh = new JmhRuns(condition, settings);
        for (Kernels kernel : settings.kernels(Kernels.Group.WORK)) {
            if (KERNELS.contains(kernel)) {
                report.progress(kernel.label());
                Map<String, Object> row = table.addRow("kernel", kernel.label());
                for (Phase phase : List.of(Phase.SHIELDED, Phase.BLOCKED)) {
                    row.put(phase.label(), ratio(jmh, kernel, phase, iterations));
                }
                report.write();
            }
        }
    }

    private static Ratios ratio(JmhRuns jmh, Kernels kernel, Phase phase, int iterations) {
        double without = jmh.nanos(kernel, KernelSource.COMPILED, phase, false, iterations);
        double with = jmh.nanos(kernel, KernelSource.COMPILED, phase, true, iterations);
        Ratios ratios = new Ratios();
        ratios.add(with, without);
        return ratios;
    }
}
