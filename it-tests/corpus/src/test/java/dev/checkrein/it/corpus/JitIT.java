package dev.checkrein.it.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** No method is refused by a JIT compiler that compiled it before it had polls. */
class JitIT {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private static final String JDK_OPTIONS =
            "include=java.**:javax.**:jdk.**:sun.**:com.sun.**:org.**:netscape.**,exclude=jdk.internal.module.*";

    private static final Predicate<String> NOT_JDK = name -> !name.startsWith("java.") && !name.startsWith("javax.");

    /** Something was loaded or redefined while the compiler was at work: it will be asked again. */
    private static final List<String> TRY_AGAIN = List.of("invalidated dependencies", "concurrent class loading");

    @TempDir
    Path folder;

    @EveryJdk
    void compilesMonitorsOfJavac(Jdk jdk) throws Exception {
        compile(new ProcessBuilder(
                jdk.program("javac").toString(), "-d", classes().toString(), source().toString()));
        compilesAsBefore(jdk, ofFolder("javac"));
    }

    @EveryJdk
    void compilesMonitorsOfEcj(Jdk jdk) throws Exception {
        String ecj = Corpus.jar("programs", "ecj").toString();
        String java = jdk.program("java").toString();
        compile(new ProcessBuilder(
                java, "-jar", ecj, "-17", "-nowarn", "-d", classes().toString(), source().toString()));
        compilesAsBefore(jdk, ofFolder("ecj"));
    }

    @EveryJdk
    void compilesACorpus(Jdk jdk) throws Exception {
        compilesAsBefore(jdk, Corpus.of(Corpus.jar("small", "log4j")));
        compilesAsBefore(jdk, Corpus.of(Corpus.jar("small", "junit")));
    }

    @EveryJdk
    @EnabledIfSystemProperty(named = "it.corpora", matches = "all", disabledReason = "takes many minutes")
    void compilesLargeCorpora(Jdk jdk) throws Exception {
        compilesAsBefore(jdk, Corpus.of(Corpus.jar("small", "asm-test")));
        compilesAsBefore(jdk, Corpus.of(Corpus.jar("small", "clojure")));
        compilesAsBefore(jdk, Corpus.of(Corpus.jar("large", "groovy")));
        compilesAsBefore(jdk, Corpus.of(Corpus.jar("large", "scala-library")));
        compilesAsBefore(jdk, Corpus.of(Corpus.jar("large", "kotlin-compiler-embeddable")));
    }

    /** The JDK's own classes, rewritten as they are loaded: module by module, each in JVMs of its own. */
    @EveryJdk
    @EnabledIfSystemProperty(named = "it.corpora", matches = "all", disabledReason = "takes many minutes")
    void compilesTheJdk(Jdk jdk) throws Exception {
        Path nothing = Files.createDirectories(folder.resolve("nothing"));
        Set<String> newly = new TreeSet<>();
        for (Map.Entry<String, Map<String, byte[]>> module :
                Corpus.of(jdk).modules().entrySet()) {
            Path names = folder.resolve("names-of-" + module.getKey());
            System.out.println(
                    module.getKey() + ", " + module.getValue().size() + " classes, newly refused so far: " + newly);
            // One method of those that jlink writes is so large that the compiler gives up in the middle, or just not.
            List<String> classes = classNames(module.getValue()).stream()
                    .filter(name -> !name.startsWith("jdk.internal.module.SystemModules"))
                    .filter(name -> !name.equals("module-info"))
                    .filter(name -> !module.getKey().equals("jdk.localedata") || isInSample(name))
                    .toList();
            if (!classes.isEmpty()) {
                Files.write(names, classes);
                CompletableFuture<Set<String>> before =
                        CompletableFuture.supplyAsync(() -> refusals(compilingTheJdk(jdk, nothing, names), false));
                Set<String> after =
                        refusals(compilingTheJdk(jdk, nothing, names).agent(JDK_OPTIONS), true);
                after.removeAll(before.get());
                after.forEach(refusal -> newly.add(module.getKey() + ": " + refusal));
            }
        }
        assertThat(newly).isEmpty();
    }

    /** One in fifty: all of them make one large array and nothing else, and C2 takes seconds for each. */
    private static boolean isInSample(String name) {
        return name.hashCode() % 50 == 0;
    }

    private static ChildJvm compilingTheJdk(Jdk jdk, Path nothing, Path names) {
        return compiling(jdk, nothing, names).jvm("--add-modules=ALL-SYSTEM", "-Djava.awt.headless=true");
    }

    /** What the program runs is compiled as it gets hot, loops included: with on-stack replacement. */
    @EveryJdk
    void compilesARunningProgram(Jdk jdk) {
        Set<String> before = refusals(running(jdk).run());
        Set<String> after = refusals(running(jdk).agent().run());
        after.removeAll(before);
        assertThat(after).isEmpty();
    }

    private ChildJvm running(Jdk jdk) {
        Path counts = folder.resolve("counts");
        String program = "(dotimes [i 200] (reduce + (map #(* % %) (filter odd? (range 2000)))) (pr-str (range 50)))";
        return new ChildJvm(jdk)
                .jvm("-XX:+PrintCompilation")
                .limit(LIMIT)
                .classPath(
                        Corpus.jar("small", "clojure"),
                        Corpus.jar("programs", "spec.alpha"),
                        Corpus.jar("programs", "core.specs.alpha"))
                .program(RunCounted.class, counts.toString(), "clojure.main", "-e", program);
    }

    private void compilesAsBefore(Jdk jdk, Corpus corpus) throws Exception {
        CorpusRun run = new CorpusRun(corpus, NOT_JDK);
        run.run();
        Path original = folder.resolve("original.jar");
        CorpusRun.write(original, corpus.modules().get(""));
        Path names = folder.resolve("names");
        Files.write(names, classNames(corpus.modules().get("")));
        assertThat(run.rewritten).isPositive();
        Set<String> before = refusals(compiling(jdk, original, names), false);
        Set<String> after = refusals(
                compiling(jdk, run.jars.get(""), names).jvm("--patch-module", "java.base=" + StubForTests.folder()),
                true);
        after.removeAll(before);
        assertThat(after).as(corpus.name()).isEmpty();
    }

    private static List<String> classNames(Map<String, byte[]> files) {
        return files.keySet().stream()
                .map(file -> file.replace(".class", "").replace('/', '.'))
                .toList();
    }

    private static ChildJvm compiling(Jdk jdk, Path jar, Path names) {
        Path classes = Products.classPathEntryOf(CompileAll.class);
        return new ChildJvm(jdk)
                .jvm("-XX:+UnlockDiagnosticVMOptions", "-XX:+WhiteBoxAPI", "-Xbootclasspath/a:" + classes)
                .jvm("-Xbatch", "-XX:+PrintCompilation", "-Xmx1g", "-XX:ReservedCodeCacheSize=1g")
                .limit(LIMIT)
                .classPath(jar)
                .program(CompileAll.class, names.toString());
    }

    /** Those of {@link CompileAll}, which is to have found polls or none, and something to compile. */
    private static Set<String> refusals(ChildJvm child, boolean polls) {
        FinishedJvm jvm = child.run();
        assertThat(jvm.out().contains("without polls")).isNotEqualTo(polls);
        assertThat(jvm.out()).anyMatch(line -> line.matches("compiled [1-9]\\d*"));
        return refusals(jvm);
    }

    /** Of methods, by name and reason, but without numbers that polls change. */
    private static Set<String> refusals(FinishedJvm jvm) {
        assertThat(jvm.exitCode()).as(() -> String.join("\n", jvm.err())).isZero();
        Set<String> refusals = new TreeSet<>();
        boolean compiled = false;
        List<String> lines = new ArrayList<>(jvm.out());
        lines.addAll(jvm.err());
        for (String line : lines) {
            compiled |= line.contains("::<init>");
            boolean refused =
                    line.contains("COMPILE SKIPPED") || line.contains("not compilable") || line.startsWith("refused ");
            if (refused && TRY_AGAIN.stream().noneMatch(line::contains)) {
                refusals.add(line.replaceAll("^[\\s\\d%!sbn]+", "").replaceAll("\\(\\d+ bytes\\)|@ \\d+", ""));
            }
        }
        assertThat(compiled).as("prints what it compiles").isTrue();
        return refusals;
    }

    private Path classes() throws IOException {
        return Files.createDirectories(folder.resolve("classes"));
    }

    private Path source() throws IOException {
        try (InputStream in = JitIT.class.getResourceAsStream("/jit/Monitors.java")) {
            return Files.write(folder.resolve("Monitors.java"), in.readAllBytes());
        }
    }

    private static void compile(ProcessBuilder compiler) throws Exception {
        Process process = compiler.inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    private Corpus ofFolder(String name) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> classes = Files.list(folder.resolve("classes"))) {
            for (Path file : classes.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        assertThat(files).isNotEmpty();
        return new Corpus("monitors-of-" + name, Map.of("", files));
    }
}
