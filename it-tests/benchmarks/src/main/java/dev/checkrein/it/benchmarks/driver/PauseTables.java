package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.child.PauseMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How long it takes to stop many threads and to let them go, beside the JVM's own safepoints with the same threads. */
final class PauseTables implements Part.Measurement {
    /** With more it takes seconds until all have run again. */
    private static final int MANY = 1000;

    private static final List<Integer> THREADS = List.of(100, MANY);

    private static final List<Integer> THREADS_IF_SHORT = List.of(10);

    @Override
    public void run(Condition condition, Settings settings, Report report) {
        Table table = report.table(
                "Pauses: " + condition,
                "Milliseconds, for threads that all want to run: until all have stopped, for letting them go, and until all have"
                        + " run again; " + settings.stops()
                        + " pauses, or a tenth of that for a thousand, in turns with safepoints of the JVM's own, which says itself"
                        + " how long they took. Workers have registered and poll in their source; threads run rewritten code.");
        for (int threads : settings.isShort() ? THREADS_IF_SHORT : THREADS) {
            for (String kind : List.of("workers", "threads")) {
                report.progress(threads + " " + kind);
                Map<String, Object> row = table.addRow("of", threads + " " + kind);
                row.putAll(figures(condition, settings, kind, threads));
                report.write();
            }
        }
    }

    private static Map<String, Double> figures(Condition condition, Settings settings, String kind, int threads) {
        Path log = settings.output().resolve("safepoints-" + kind + "-" + threads + ".log");
        try {
            Files.createDirectories(log.getParent());
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int pauses = threads < MANY ? settings.stops() : Math.max(1, settings.stops() / 10);
        String include = kind.equals("threads") ? JmhRuns.INCLUDE : null;
        return new ChildRuns(condition.withFlag("-Xlog:safepoint:file=" + log))
                .figures(include, PauseMain.class, kind, threads, pauses, log);
    }
}
