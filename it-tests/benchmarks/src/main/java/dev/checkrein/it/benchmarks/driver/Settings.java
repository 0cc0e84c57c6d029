package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.benchmarks.Kernels;
import dev.checkrein.it.benchmarks.Phase;
import dev.checkrein.it.benchmarks.kills.Runaway;
import dev.checkrein.it.benchmarks.programs.Programs;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What the command line says about how to measure. */
final class Settings {
    @Option(names = "--jdk", defaultValue = "all", description = "17, 25, … or all that are found (default).")
    private String jdk;

    @Option(names = "--gc", split = ",", defaultValue = "G1", description = "${COMPLETION-CANDIDATES} (default: G1).")
    private List<Gc> gcs;

    @Option(names = "--variant", split = ",", description = "Of the agent (default: all there are).")
    private List<String> variants = List.of();

    @Option(names = "--agent-options", defaultValue = "", description = "More options for the agent, as in -javaagent.")
    private String agentOptions;

    @Option(names = "--jvm", description = "A flag for all JVMs. May be repeated.")
    private List<String> flags = List.of();

    @Option(names = "--only", split = ",", description = "Kernels, loops or programs, by name (default: all).")
    private List<String> only = List.of();

    @Option(
            names = "--phase",
            split = ",",
            description = "before, after-20, after-2000, while-stopped, while-paused (default: all five).")
    private List<String> phases = List.of();

    @Option(names = "--pairs", description = "JVMs with the agent, each beside one without (default: 3).")
    private int pairs = 3;

    @Option(names = "--warmups", description = "JMH's warm-up iterations (default: 3).")
    private int warmups = 3;

    @Option(names = "--iterations", description = "JMH's measured iterations (default: 5).")
    private int iterations = 5;

    @Option(names = "--millis", description = "How long an iteration of JMH's takes (default: 500).")
    private long millis = 500;

    @Option(
            names = "--stops",
            description = "How often the latency of a stop is measured for each loop (default: 250).")
    private int stops = 250;

    @Option(names = "--kills", description = "How often each runaway is ended in each way (default: 100).")
    private int kills = 100;

    @Option(names = "--classes", split = ",", description = "Classes loaded meanwhile (default: 0,20000).")
    private List<Integer> classes = List.of(0, 20_000);

    @Option(names = "--turns", description = "How often a program is run in one JVM (default: 12).")
    private int turns = 12;

    @Option(names = "--seconds", description = "How long a stop stays undeliverable (default: 60).")
    private int seconds = 60;

    @Option(names = "--short", description = "So little of everything that it says nothing, but shows that it works.")
    private boolean isShort;

    @Option(names = "--output", description = "Folder for results.md and results.json (default: target/benchmarks).")
    private Path output = Products.root().resolve("it-tests/benchmarks/target/benchmarks");

    /**
     * Completes them once the command line has been read.
     *
     * @throws IllegalArgumentException if it names something that does not exist
     */
    void complete() {
        chosen(names(), only, Function.identity());
        conditions();
        if (isShort) {
            pairs = 1;
            warmups = 1;
            iterations = 1;
            millis = 50;
            stops = 10;
            kills = 5;
            turns = 2;
            seconds = 1;
            classes = List.of(500);
            phases = phases.isEmpty() ? List.of("before", "after-20", "while-stopped", "while-paused") : phases;
        }
        phases();
    }

    /** Everything that {@code --only} can name. */
    private static List<String> names() {
        return Stream.of(
                        Arrays.stream(Kernels.values()).map(Kernels::label),
                        Arrays.stream(Programs.values()).map(Programs::label),
                        Arrays.stream(Runaway.values()).map(Runaway::label))
                .flatMap(labels -> labels)
                .toList();
    }

    /** Every combination that is asked for. */
    List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        for (Jdk each : jdks()) {
            for (Gc gc : gcs) {
                for (AgentVariant variant : agentVariants()) {
                    conditions.add(new Condition(each, gc, variant, agentOptions, flags));
                }
            }
        }
        return conditions;
    }

    private List<Jdk> jdks() {
        List<Jdk> all = Jdk.all();
        return chosen(all, jdk.equals("all") ? List.of() : List.of(jdk), each -> String.valueOf(each.feature()));
    }

    private List<AgentVariant> agentVariants() {
        return chosen(AgentVariant.ALL, variants, AgentVariant::name);
    }

    /** Those of a group, without those that are not asked for; may be none. */
    List<Kernels> kernels(Kernels.Group group) {
        return Kernels.of(group).stream().filter(k -> isWanted(k.label())).toList();
    }

    /** Whether something is asked for, by its name. */
    boolean isWanted(String name) {
        return only.isEmpty() || only.contains(name);
    }

    /** Those that are asked for, of the five that every kernel and program goes through. */
    List<Phase> phases() {
        EnumSet<Phase> five = EnumSet.range(Phase.BEFORE, Phase.WHILE_PAUSED);
        return chosen(List.copyOf(five), phases, Phase::label);
    }

    private static <T> List<T> chosen(List<T> all, List<String> names, Function<T, String> name) {
        if (names.isEmpty()) {
            return all;
        }
        Predicate<T> named = each -> names.contains(name.apply(each));
        List<T> chosen = all.stream().filter(named).toList();
        if (chosen.size() < names.size()) {
            throw new IllegalArgumentException("not all of " + names + " are there, but "
                    + all.stream().map(name).toList());
        }
        return chosen;
    }

    int pairs() {
        return pairs;
    }

    int warmups() {
        return warmups;
    }

    int iterations() {
        return iterations;
    }

    long millis() {
        return millis;
    }

    int stops() {
        return stops;
    }

    int kills() {
        return kills;
    }

    List<Integer> classes() {
        return classes;
    }

    int turns() {
        return turns;
    }

    int seconds() {
        return seconds;
    }

    boolean isShort() {
        return isShort;
    }

    Path output() {
        return output;
    }

    /** For the head of the report. */
    Map<String, Object> circumstances() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("JDKs", String.join(", ", jdks().stream().map(Settings::version).toList()));
        all.put("JVM flags", String.join(" ", conditions().get(0).flags()) + " (collector as in each heading)");
        all.put(
                "agent",
                agentVariants().stream()
                        .map(variant -> variant.name() + " = \"" + variant.optionsFor("…", agentOptions) + '"')
                        .collect(Collectors.joining(", ")));
        all.put("pairs", pairs);
        all.put("JMH", warmups + " warm-ups and " + iterations + " iterations of " + millis + " ms each");
        if (isShort) {
            all.put("mode", "short: the figures say nothing");
        }
        return all;
    }

    private static String version(Jdk jdk) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(jdk.home().resolve("release"))) {
            release.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = release.getProperty("JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION"));
        String vendor = release.getProperty("IMPLEMENTOR", "unknown vendor");
        return version.replace("\"", "") + " (" + vendor.replace("\"", "") + ")";
    }
}
