package dev.checkrein.it.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The tests that come with other people's libraries have the same results with everything rewritten, libraries, tests and
 * test framework alike, as without. Not zero failures: some fail on any newer JDK.
 */
@EnabledIfSystemProperty(named = "it.corpora", matches = "all")
class TestJarsIT {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final String[] OPENED = {
        "java.lang", "java.lang.reflect", "java.lang.invoke", "java.util", "java.util.concurrent", "java.time"
    };

    private static final String BOTH_ENGINES = "junit-jupiter,junit-vintage";

    @TempDir
    Path folder;

    static Stream<Arguments> libraries() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, "commons-codec-1.17.1", BOTH_ENGINES, 1_000),
                        Arguments.of(jdk, "commons-collections4-4.4", BOTH_ENGINES, 20_000),
                        // The other engine would trip over its benchmarks, whose framework is not here.
                        Arguments.of(jdk, "commons-lang3-3.12.0", "junit-jupiter", 3_000)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("libraries")
    void resultsAreTheSame(Jdk jdk, String library, String engines, int atLeast) throws Exception {
        Path classes = unpacked(library + "-tests.jar");
        Results without = run(jdk, library, engines, classes, false);
        Results with = run(jdk, library, engines, classes, true);
        assertThat(without.byTest.values().stream().mapToInt(Integer::intValue).sum())
                .isGreaterThan(atLeast);
        assertThat(difference(without, with)).as("only without the agent").isEmpty();
        assertThat(difference(with, without)).as("only with the agent").isEmpty();
        assertThat(without.polls).isZero();
        assertThat(with.polls).as("polls executed").isGreaterThan(1_000_000);
        System.out.printf("%s on %s: %d results the same, %,d polls%n", library, jdk, with.byTest.size(), with.polls);
    }

    private static Set<Map.Entry<String, Integer>> difference(Results of, Results without) {
        Set<Map.Entry<String, Integer>> difference = new LinkedHashSet<>(of.byTest.entrySet());
        difference.removeAll(without.byTest.entrySet());
        return difference;
    }

    /** @param byTest how often each test ended in which way; a parameterised test may run several times by one name */
    private record Results(TreeMap<String, Integer> byTest, long polls) {}

    private Results run(Jdk jdk, String library, String engines, Path classes, boolean agent) throws Exception {
        Path reports = Files.createTempDirectory(folder, "reports");
        Path counts = reports.resolve("polls");
        ChildJvm jvm = new ChildJvm(jdk).jvm("-Xmx1g").limit(LIMIT);
        for (String opened : OPENED) {
            jvm.jvm("--add-opens", "java.base/" + opened + "=ALL-UNNAMED");
        }
        if (agent) {
            jvm.agent("include=**,count=on");
        }
        List<Path> classPath = new ArrayList<>(Corpus.jars("launcher"));
        classPath.add(Corpus.folder().resolve("tests").resolve(library + ".jar"));
        classPath.add(classes);
        List<String> arguments = new ArrayList<>(List.of(
                counts.toString(),
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--scan-classpath=" + classes,
                "--details=none",
                "--disable-banner",
                "--reports-dir=" + reports));
        for (String name : engines.split(",")) {
            arguments.add("--include-engine=" + name);
        }
        jvm.classPath(classPath.toArray(new Path[0]))
                .program(RunCounted.class, arguments.toArray(new String[0]))
                .run();
        return new Results(resultsIn(reports), RunCounted.read(counts).total());
    }

    private static TreeMap<String, Integer> resultsIn(Path reports) throws Exception {
        TreeMap<String, Integer> byTest = new TreeMap<>();
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
                NodeList cases = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getElementsByTagName("testcase");
                for (int i = 0; i < cases.getLength(); i++) {
                    byTest.merge(result((Element) cases.item(i)), 1, Integer::sum);
                }
            }
        }
        return byTest;
    }

    private static String result(Element test) {
        String outcome = "passed";
        for (String other : List.of("failure", "error", "skipped")) {
            if (test.getElementsByTagName(other).getLength() > 0) {
                outcome = other;
            }
        }
        // Without the number of the turn: some tests take their parameters from a set, in any order.
        String name = test.getAttribute("name").replaceAll("\\[\\d+]$", "");
        return test.getAttribute("classname") + "." + name + " " + outcome;
    }

    private Path unpacked(String jar) throws IOException {
        Path target = folder.resolve("classes");
        try (FileSystem files = FileSystems.newFileSystem(
                        Corpus.folder().resolve("tests").resolve(jar));
                Stream<Path> all = Files.walk(files.getPath("/"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path to = target.resolve(file.toString().substring(1));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return target;
    }
}
