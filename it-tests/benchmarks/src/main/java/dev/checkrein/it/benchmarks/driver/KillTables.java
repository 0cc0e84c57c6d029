package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.kills.CompiledWork;
import dev.checkrein.it.benchmarks.kills.KillMain;
import dev.checkrein.it.benchmarks.kills.Runaway;
import dev.checkrein.it.benchmarks.kills.Way;
import dev.checkrein.it.benchmarks.programs.Program;
import dev.checkrein.it.harness.Products;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How long it takes to end work that spins, beside others who run code on a JVM and can end it. */
final class KillTables implements Part.Measurement {
    private static final String P50 = "p50";
    private static final Map<String, String> NOT_SAID = Map.of(P50, "n/a");

    @Override
    public void run(Condition condition, Settings settings, Report report) {
        Table table = report.table(
                "Kills: " + condition,
                "Milliseconds from the request to the end, of " + settings.kills()
                        + " runs after a first one. never: one did not end within 4 s; n/a: it cannot be said there.");
        for (Runaway runaway : Runaway.values()) {
            if (settings.isWanted(runaway.label())) {
                report.progress(runaway.label());
                Map<String, Object> row = table.addRow("work", runaway.label());
                for (Way way : Way.values()) {
                    addCells(row, way, way.canSay(runaway) ? figures(condition, settings, runaway, way) : NOT_SAID);
                    report.write();
                }
            }
        }
    }

    private static Map<String, ?> figures(Condition condition, Settings settings, Runaway runaway, Way way) {
        String include = null;
        if (way == Way.CHECKREIN) {
            include = CompiledWork.INCLUDE + (runaway.include().isEmpty() ? "" : ":" + runaway.include());
        }
        try {
            return new ChildRuns(condition.withFlag("--add-opens=java.base/java.util=ALL-UNNAMED"))
                    .with(engines())
                    .figures(include, KillMain.class, runaway.name(), way.name(), settings.kills());
        } catch (IllegalStateException | AssertionError e) {
            return Map.of(P50, "failed: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static void addCells(Map<String, Object> row, Way way, Map<String, ?> figures) {
        row.put(way.label() + ": p50", figures.containsKey(KillMain.NEVER) ? KillMain.NEVER : figures.get(P50));
        row.put(way.label() + ": p99", figures.containsKey("p99") ? figures.get("p99") : "");
    }

    private static List<Path> engines() {
        try {
            return Program.files(Products.built("it-tests/benchmarks/target/engines"), ".jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
