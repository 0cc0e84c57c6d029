package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.child.Figures;
import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.FinishedJvm;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs a program of {@code child} that prints figures, in a JVM of its own each time. */
final class ChildRuns {
    /** Generous: a child that takes longer hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Condition condition;
    private final List<Path> moreClassPath = new ArrayList<>();

    ChildRuns(Condition condition) {
        this.condition = condition;
    }

    /** Puts these on the class path besides. */
    ChildRuns with(List<Path> jars) {
        moreClassPath.addAll(jars);
        return this;
    }

    /**
     * Runs it and returns its figures.
     *
     * @param include what the agent rewrites, or null for none
     * @throws IllegalStateException if it fails
     */
    Map<String, Double> figures(String include, Class<?> main, Object... arguments) {
        return Figures.in(run(include, main, arguments).err());
    }

    /** Runs it and returns what it did. */
    FinishedJvm run(String include, Class<?> main, Object... arguments) {
        FinishedJvm jvm = new ChildJvm(condition.jdk())
                .jvm(condition.flags(include != null, include).toArray(new String[0]))
                .classPath(classPath())
                .classPath(moreClassPath.toArray(new Path[0]))
                .limit(LIMIT)
                .program(main, Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new))
                .run();
        if (jvm.exitCode() != 0) {
            throw new IllegalStateException(main.getSimpleName() + " " + Arrays.toString(arguments) + " failed on "
                    + condition.jdk() + ": " + String.join("\n", jvm.err()));
        }
        return jvm;
    }

    /** The driver's own. */
    private static Path[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toArray(Path[]::new);
    }
}
