package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Kernels;
import dev.checkrein.it.benchmarks.Phase;
import dev.checkrein.it.benchmarks.child.KernelBenchmark;
import dev.checkrein.it.benchmarks.child.KernelSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Has JMH run a kernel, in a JVM of its own each time. Not thread-safe. */
final class JmhRuns {
    /** Everything in there, and nothing else, is rewritten. */
    static final String INCLUDE = "dev.checkrein.it.benchmarks.kernels.**";

    static {
        // Two runs at once disturb each other, but each compares with itself.
        System.setProperty("jmh.ignoreLock", "true");
    }

    private final Condition condition;
    private final Settings settings;
    private final Path logs;

    JmhRuns(Condition condition, Settings settings) {
        this.condition = condition;
        this.settings = settings;
        this.logs = settings.output().resolve("jmh");
    }

    /** The average time of one run of the kernel, in nanoseconds. */
    double nanos(Kernels kernel, KernelSource source, Phase phase, boolean agent) {
        return nanos(kernel, source, phase, agent, settings.iterations());
    }

    /** The same, measured for this number of iterations. */
    double nanos(Kernels kernel, KernelSource source, Phase phase, boolean agent, int iterations) {
        TimeValue time = TimeValue.milliseconds(settings.millis());
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + KernelBenchmark.class.getName().replace(".", "\\.") + "\\.run$")
                .param("kernel", kernel.name())
                .param("source", source.name())
                .param("phase", phase.name())
                .param("agent", String.valueOf(agent))
                .param("warmMillis", settings.isShort() ? "100" : "1000")
                .jvm(condition.jdk().program("java").toString())
                .jvmArgs(condition.flags(agent, INCLUDE).toArray(new String[0]))
                .forks(1)
                .warmupIterations(settings.warmups())
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time)
                .shouldFailOnError(true)
                .output(log(kernel, source, phase, agent).toString());
        try {
            double nanos =
                    new Runner(options.build()).runSingle().getPrimaryResult().getScore();
            if (!Double.isFinite(nanos) || nanos <= 0) {
                throw new IllegalStateException("not a time: " + nanos);
            }
            return nanos;
        } catch (RunnerException e) {
            throw new IllegalStateException(kernel.label() + " failed, see " + log(kernel, source, phase, agent), e);
        }
    }

    /** Of the last such run. */
    private Path log(Kernels kernel, KernelSource source, Phase phase, boolean agent) {
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> name = List.of(
                String.valueOf(condition.jdk().feature()),
                kernel.label(),
                source.name().toLowerCase(Locale.ROOT),
                phase.label(),
                agent ? "agent" : "baseline");
        return logs.resolve(String.join("-", name) + ".log");
    }
}
