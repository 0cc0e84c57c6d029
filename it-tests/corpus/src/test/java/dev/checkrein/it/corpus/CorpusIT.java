package dev.checkrein.it.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every class of every corpus: no auditor's finding, no verify error that was not there before. */
class CorpusIT {
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** Of the JDK, what the agent never rewrites in a running JVM, so that calls of it count as calls outside. */
    private static final List<String> NEVER_IN_JDK = List.of("jdk.internal.", "java.lang.", "sun.instrument.");

    static List<Path> jars() {
        boolean all = "all".equals(System.getProperty("it.corpora"));
        return Stream.of("small", "large")
                .filter(size -> all || size.equals("small"))
                .flatMap(size -> Corpus.jars(size).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("jars")
    void rewritesAJar(Path jar) throws Exception {
        CorpusRun run = new CorpusRun(Corpus.of(jar), notOf(JDK));
        run.run();
        List<String> newErrors = new ArrayList<>();
        for (Jdk jdk : Jdk.all()) {
            Verification verification = new Verification(jdk, run);
            newErrors.addAll(compare(run, jdk, verification.before(jar), verification.after()));
        }
        assertFlawless(run, newErrors);
    }

    @EveryJdk
    @EnabledIfSystemProperty(named = "it.corpora", matches = "all")
    void rewritesAJdk(Jdk jdk) throws Exception {
        CorpusRun run = new CorpusRun(Corpus.of(jdk), notOf(NEVER_IN_JDK));
        run.run();
        Verification verification = new Verification(jdk, run);
        assertFlawless(run, compare(run, jdk, verification.jdkBefore(), verification.jdkAfter()));
    }

    /** So that a JVM which verifies nothing cannot pass. */
    @EveryJdk
    void noticesAClassThatDoesNotVerify(Jdk jdk) throws Exception {
        Map<String, byte[]> broken = Map.of("Broken.class", BrokenClass.bytes());
        CorpusRun run = new CorpusRun(new Corpus("broken", Map.of("", broken)), notOf(JDK));
        run.run();
        assertThat(new Verification(jdk, run).after().failures().get("Broken")).startsWith("VerifyError");
    }

    private static Predicate<String> notOf(List<String> prefixes) {
        return name -> prefixes.stream().noneMatch(name::startsWith);
    }

    private static List<String> compare(CorpusRun run, Jdk jdk, Verification.Outcome before, Verification.Outcome after)
            throws IOException {
        Map<String, String> newFailures = new TreeMap<>(after.failures());
        before.failures().keySet().forEach(newFailures::remove);
        report("  on " + jdk + ": " + after.linked() + " verified, " + newFailures.size() + " new errors, "
                + before.failures().size() + " classes that cannot be linked as they are");
        Files.write(
                Corpus.folder().resolve(run.corpus.name() + ".unlinkable-" + jdk.feature()),
                before.failures().entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .toList());
        assertThat(after.linked()).isPositive();
        return newFailures.entrySet().stream().map(e -> jdk + ": " + e).toList();
    }

    private static void assertFlawless(CorpusRun run, List<String> newErrors) throws IOException {
        report(run.line());
        run.leftAlone.forEach((what, why) -> report("  left alone: " + what + ": " + why));
        Files.write(Corpus.folder().resolve(run.corpus.name() + ".findings"), run.findings);
        assertThat(run.rewritten).isPositive();
        assertThat(run.polls.values()).hasSize(4).allMatch(count -> count > 0);
        assertThat(newErrors).as(run.corpus.name()).isEmpty();
        assertThat(run.findings).as(run.corpus.name()).isEmpty();
    }

    /** Printed, and kept. */
    private static void report(String line) {
        System.out.println(line);
        try {
            Files.writeString(
                    Corpus.folder().resolve("report.txt"),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
