package dev.checkrein.it.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is shipped shows no forbidden outcome in any run, and what is weaker shows its bad one. */
class JcstressIT {
    private static final String MAIN = "org.openjdk.jcstress.Main";

    private static final List<Class<?>> RACES = List.of(
            PollAgainstArm.class,
            RegistrationAgainstArm.class,
            ArrivalAgainstResume.class,
            TwoRequesters.class,
            TimeoutAgainstArrival.class,
            LeaseAgainstClose.class,
            CancelAgainstCancel.class);

    /** One way to compile, so that there are 15 runs and not hundreds. */
    private static final List<String> SHORT =
            List.of("-f", "1", "-iters", "3", "-time", "200", "-sc", "false", "-jvmArgs", "-Xmx256m");

    /**
     * All ways to compile and schedule, each once as it is and once with the compiler's choices at random. Jcstress by itself would
     * do the latter five times, for twice as long, which takes two hours on two cores.
     */
    private static final List<String> FULL = List.of("-m", "default", "-fsm", "1", "-time", "500");

    @EveryJdk
    void racesEndWell(Jdk jdk) {
        boolean full = System.getProperty("jcstress.mode", "short").equals("full");
        Path results = Products.root().resolve("it-tests/jcstress/target/results-" + jdk.feature());
        List<String> arguments = new ArrayList<>(full ? FULL : SHORT);
        arguments.addAll(List.of("-v", "-r", results.toString()));
        FinishedJvm finished = new ChildJvm(jdk)
                .limit(full ? Duration.ofHours(6) : Duration.ofMinutes(10))
                .directory(Products.root().resolve("it-tests/jcstress/target")) // where it leaves its raw results
                .classPath(classPath())
                .mainClass(MAIN, arguments.toArray(String[]::new))
                .run();
        List<String> out = finished.out();
        assertThat(finished.exitCode()).as("%s", out).isZero(); // it warns of its own native access
        assertThat(out).anyMatch(line -> line.contains("Failed tests: No matches"));
        assertThat(out).anyMatch(line -> line.contains("Error tests: No matches"));
        List<String> bad = showingInteresting(out);
        for (Class<?> race : RACES) {
            String name = race.getName();
            assertThat(out).as("%s as shipped", name).anyMatch(line -> line.endsWith("[OK] " + name + ".Shipped"));
            assertThat(bad)
                    .as("%s shows what would happen", name)
                    .anyMatch(line -> line.endsWith("[OK] " + name + ".Weakened"));
        }
    }

    /** The part of the summary that lists tests with outcomes that are called interesting. */
    private static List<String> showingInteresting(List<String> out) {
        return out.stream()
                .dropWhile(line -> !line.contains("Interesting tests:"))
                .takeWhile(line -> !line.contains("Failed tests:"))
                .toList();
    }

    /** That of this test, which has everything. */
    private static Path[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toArray(Path[]::new);
    }
}
