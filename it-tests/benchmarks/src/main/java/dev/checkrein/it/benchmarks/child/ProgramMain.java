package dev.checkrein.it.benchmarks.child;

import dev.checkrein.it.benchmarks.Phase;
import dev.checkrein.it.benchmarks.programs.Program;
import dev.checkrein.it.benchmarks.programs.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Runs a third-party program again and again in one phase and prints how many milliseconds each turn takes. */
public final class ProgramMain {
    /** Anywhere in its work, most of it at the start, rather than always in the same few lines. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final double NANOS_PER_MILLI = 1e6;

    private ProgramMain() {}

    /** Arguments: program, phase, whether the agent is there, turns before and in the phase, own folder, sources. */
    public static void main(String[] args) throws Exception {
        Programs name = Programs.valueOf(args[0]);
        Phase phase = Phase.valueOf(args[1]);
        boolean agent = Boolean.parseBoolean(args[2]);
        Path folder = Path.of(args[5]);
        Path sources = Path.of(args[6]);
        Program program = name.create(Files.createDirectories(folder.resolve("measured")), sources);
        run(program, Integer.parseInt(args[3]), "early turn ");
        if (phase == Phase.BEFORE) {
            run(program, Integer.parseInt(args[4]), "turn ");
        } else {
            Program other = name.create(Files.createDirectories(folder.resolve("stopped")), sources);
            Callable<?> work = () -> {
                other.run();
                return null;
            };
            if (agent) {
                try (Victim victim = new Victim(work, ScopeChannel::new)) {
                    victim.stopAtRandom(phase.lateStops(), SHORTEST_NANOS, LONGEST_NANOS);
                }
            }
            Company company = Company.start(phase.company(), work, agent);
            run(program, Integer.parseInt(args[4]), "turn ");
            company.close();
        }
        Rewriting.mustBe(agent);
        // Some leave threads behind.
        System.exit(0);
    }

    private static void run(Program program, int turns, String label) throws Exception {
        for (int i = 0; i < turns; i++) {
            long start = System.nanoTime();
            program.run();
            Figures.print(label + i, (System.nanoTime() - start) / NANOS_PER_MILLI);
        }
    }
}
