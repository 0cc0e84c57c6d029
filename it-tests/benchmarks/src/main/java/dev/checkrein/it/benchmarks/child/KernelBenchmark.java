package dev.checkrein.it.benchmarks.child;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.Kernels;
import dev.checkrein.it.benchmarks.Phase;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One kernel in one phase, run by JMH in a JVM that runs nothing else. The driver sets the parameters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
    @Param("ARRAY_SUM")
    Kernels kernel;

    @Param("COMPILED")
    KernelSource source;

    @Param("BEFORE")
    Phase phase;

    /** Whether the agent is there. */
    @Param("false")
    boolean agent;

    /** How long it is run before the late stops, so that these find it compiled. */
    @Param("1000")
    long warmMillis;

    private Kernel measured;
    private Company company;
    private long sink;

    @Setup
    public void prepare() {
        measured = source.create(kernel);
        warm(TimeUnit.MILLISECONDS.toNanos(warmMillis));
        Rewriting.mustBe(agent);
        if (agent) {
            try (Victim victim = new Victim(source.create(kernel)::run, ScopeChannel::new)) {
                victim.stopLate(phase.lateStops());
            }
        }
        company = Company.start(phase.company(), source.create(kernel)::run, agent);
    }

    private void warm(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            sink += measured.run();
        }
    }

    @Benchmark
    public long run() {
        return measured.run();
    }

    @TearDown
    public void end() {
        company.close();
        // Read, so that the JIT cannot tell what is not needed.
        if (sink == 42) {
            System.out.println();
        }
    }
}
