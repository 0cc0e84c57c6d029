package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Phase;
import dev.checkrein.it.benchmarks.child.Figures;
import dev.checkrein.it.benchmarks.child.ProgramMain;
import dev.checkrein.it.benchmarks.programs.Program;
import dev.checkrein.it.benchmarks.programs.Programs;
import dev.checkrein.it.harness.Products;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Has a program run in a JVM of its own. */
final class ProgramRuns {
    private static final Path BUILT = Products.built("it-tests/benchmarks/target");
    private static final double NANOS_PER_MILLI = 1e6;

    private final Condition condition;
    private final Settings settings;
    private final Programs program;

    ProgramRuns(Condition condition, Settings settings, Programs program) {
        this.condition = condition;
        this.settings = settings;
        this.program = program;
    }

    /** The time of a process that runs the program once. */
    double coldMillis(boolean agent) {
        long start = System.nanoTime();
        run(Phase.BEFORE, agent, 0, 1);
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    /**
     * The time of one turn once there is nothing left to be compiled: the median of the later half.
     *
     * @param more is given all that was measured
     */
    double steadyMillis(Phase phase, boolean agent, Consumer<Map<String, Double>> more) {
        int turns = settings.turns();
        Map<String, Double> figures = run(phase, agent, turns / 2, turns);
        more.accept(figures);
        List<Double> late = figures.entrySet().stream()
                .filter(figure -> figure.getKey().startsWith("turn "))
                .map(Map.Entry::getValue)
                .skip(turns / 2)
                .toList();
        return Ratios.median(late);
    }

    private Map<String, Double> run(Phase phase, boolean agent, int early, int turns) {
        Path folder = settings.output().resolve("programs").resolve(program.label());
        return Figures.in(new ChildRuns(condition)
                .with(jars())
                .run(
                        agent ? program.include() : null,
                        ProgramMain.class,
                        program.name(),
                        phase.name(),
                        agent,
                        early,
                        turns,
                        folder,
                        BUILT.resolve("sources"))
                .err());
    }

    private static List<Path> jars() {
        try {
            return Program.files(BUILT.resolve("programs"), ".jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
