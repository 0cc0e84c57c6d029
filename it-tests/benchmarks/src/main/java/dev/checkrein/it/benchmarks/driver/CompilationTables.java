package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Kernels;
import dev.checkrein.it.benchmarks.child.CompilationMain;
import dev.checkrein.it.benchmarks.child.Figures;
import dev.checkrein.it.harness.FinishedJvm;
import java.util.List;
import java.util.Map;

/**
 * What stops do to the JIT. It bars a method from its best compiler for good when its code has been thrown away too often
 * ({@code PerMethodRecompilationCutoff}). Not timed beside others: to print what is compiled takes time itself.
 */
final class CompilationTables implements Part.Measurement {
    private static final int STOPS = 2000;
    private static final int STOPS_IF_SHORT = 50;

    /** What the JVM prints when it gives a method up. */
    private static final List<String> GIVEN_UP =
            List.of("PerMethodRecompilationCutoff", "made not compilable", "COMPILE SKIPPED");

    /** And what it prints besides when it will try again. */
    private static final List<String> TRY_AGAIN =
            List.of("concurrent class loading", "invalidated dependencies", "retry at different tier");

    @Override
    public void run(Condition condition, Settings settings, Report report) {
        int stops = settings.isShort() ? STOPS_IF_SHORT : STOPS;
        Table table = report.table(
                "Compilation: " + condition,
                "What " + stops
                        + " late stops do: the kernel's time before and after, methods given up by a compiler, and"
                        + " growth of the metaspace.");
        ChildRuns children = new ChildRuns(condition.withFlag("-XX:+PrintCompilation"));
        for (Kernels kernel : settings.kernels(Kernels.Group.WORK)) {
            report.progress(kernel.label());
            FinishedJvm jvm = children.run(JmhRuns.INCLUDE, CompilationMain.class, kernel.name(), stops);
            Map<String, Double> figures = Figures.in(jvm.err());
            List<String> refusals =
                    jvm.out().stream().filter(CompilationTables::givesUp).toList();
            Map<String, Object> row = table.addRow("kernel", kernel.label());
            row.put("µs before", figures.get("ns before") / 1000);
            row.put("after / before", figures.get("ns after") / figures.get("ns before"));
            row.put("given up", refusals.size());
            row.put("metaspace KB", figures.get("metaspace KB"));
            row.put("first given up", refusals.isEmpty() ? "" : refusals.get(0).strip());
            report.write();
        }
    }

    private static boolean givesUp(String line) {
        return GIVEN_UP.stream().anyMatch(line::contains) && TRY_AGAIN.stream().noneMatch(line::contains);
    }
}
