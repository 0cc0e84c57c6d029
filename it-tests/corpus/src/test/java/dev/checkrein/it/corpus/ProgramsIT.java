package dev.checkrein.it.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.Checkrein;
import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Real programs do the same with the agent as without: what they print, and the files they write, byte by byte. */
class ProgramsIT {
    private static final String EVERYTHING = "include=**";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final String SCRIPT = """
            create table T(ID int primary key, NAME varchar, N double);
            insert into T select X, 'name ' || X, sqrt(X) from system_range(1, 20000);
            create index I on T(NAME);
            select count(*), sum(N), min(NAME), max(NAME) from T where NAME like 'name 1%';
            select A.ID, B.NAME from T A join T B on A.ID = B.ID + 1 where A.ID < 20 order by B.NAME desc;
            delete from T where mod(ID, 3) = 0;
            select mod(ID, 7) R, count(*), sum(ID) from T group by mod(ID, 7) order by R;
            """;

    @TempDir
    Path folder;

    @EveryJdk
    void ecj(Jdk jdk) throws IOException {
        Path sources = sources();
        compareAndCount(
                "ecj",
                jdk,
                EVERYTHING,
                List.of(Corpus.jar("programs", "ecj")),
                List.of(
                        "org.eclipse.jdt.internal.compiler.batch.Main",
                        "-17",
                        "-g",
                        "-nowarn",
                        "-proc:none",
                        "-d",
                        "{out}",
                        sources.toString()));
    }

    @EveryJdk
    void javac(Jdk jdk) throws IOException {
        Path files = folder.resolve("files");
        try (Stream<Path> sources = Files.walk(sources())) {
            Files.write(
                    files,
                    sources.map(Path::toString)
                            .filter(f -> f.endsWith(".java") && !f.endsWith("module-info.java"))
                            .sorted()
                            .toList());
        }
        compareAndCount(
                "javac",
                jdk,
                "include=com.sun.tools.javac.**",
                List.of(),
                List.of(
                        "com.sun.tools.javac.Main",
                        "-g",
                        "-nowarn",
                        "-Xlint:none",
                        "-XDignore.symbol.file",
                        "-encoding",
                        "UTF-8",
                        "-proc:none",
                        "-d",
                        "{out}",
                        "@" + files));
    }

    /** Of sources of our own and all but one file of a library, which wants annotations that are no longer there. */
    @EveryJdk
    @EnabledIfSystemProperty(named = "it.corpora", matches = "all", disabledReason = "takes minutes")
    void kotlinc(Jdk jdk) throws IOException {
        Path library = unpacked(Corpus.jar("kotlinc", "kotlinpoet"), "/main", ".kt");
        Files.delete(library.resolve("main/com/squareup/kotlinpoet/jvm/JvmAnnotations.kt"));
        Path own = Products.root().resolve("it-tests/corpus/src/test/resources/kotlin");
        Path kotlin = Corpus.jar("libraries", "kotlin-stdlib");
        Path reflection = Corpus.jar("libraries", "kotlin-reflect");
        compare(
                jdk,
                EVERYTHING,
                List.of(
                        Corpus.jar("large", "kotlin-compiler-embeddable"),
                        kotlin,
                        reflection,
                        Corpus.jar("libraries", "kotlin-script-runtime"),
                        Corpus.jar("libraries", "kotlinx-coroutines-core-jvm"),
                        Corpus.jar("kotlinc", "trove4j"),
                        Corpus.jar("kotlinc", "annotations")),
                List.of(
                        RunKotlinc.class.getName(),
                        "-no-stdlib",
                        "-no-reflect",
                        "-nowarn",
                        "-Xjvm-default=all",
                        "-cp",
                        kotlin + File.pathSeparator + reflection,
                        "-d",
                        "{out}",
                        library.toString(),
                        own.toString()));
    }

    @EveryJdk
    void rhino(Jdk jdk) throws IOException {
        String script = "var s = 0, o = {}; for (var i = 0; i < 200000; i++) { o['k' + i % 97] = i; s += i % 7; }"
                + " try { null.x } catch (e) { print(e.name) }"
                + " print(s, JSON.stringify(o).length, 'a1b22c'.replace(/[0-9]+/g, '#'));";
        compare(
                jdk,
                EVERYTHING,
                List.of(Corpus.jar("programs", "rhino")),
                List.of("org.mozilla.javascript.tools.shell.Main", "-e", script));
    }

    @EveryJdk
    void h2(Jdk jdk) throws IOException {
        Path script = Files.writeString(folder.resolve("script.sql"), SCRIPT);
        compare(
                jdk,
                EVERYTHING,
                List.of(Corpus.jar("programs", "h2")),
                List.of(
                        "org.h2.tools.RunScript",
                        "-url",
                        "jdbc:h2:mem:test",
                        "-script",
                        script.toString(),
                        "-showResults"));
    }

    @EveryJdk
    void clojure(Jdk jdk) throws IOException {
        String program = "(do (println (reduce + (map #(* % %) (filter odd? (range 100000)))))"
                + " (println (sort (group-by count (map str (range 0 2000 37)))))"
                + " (println (try (/ 1 0) (catch ArithmeticException e (.getMessage e)) (finally (println :finally))))"
                + " (println @(future (apply str (interpose \\, (range 20))))) (shutdown-agents))";
        compare(
                jdk,
                EVERYTHING,
                List.of(
                        Corpus.jar("small", "clojure"),
                        Corpus.jar("programs", "spec.alpha"),
                        Corpus.jar("programs", "core.specs.alpha")),
                List.of("clojure.main", "-e", program));
    }

    /** With every poll that there could be, too: elision must save a third of those executed. */
    private void compareAndCount(String name, Jdk jdk, String options, List<Path> classPath, List<String> program)
            throws IOException {
        Run elided = compare(jdk, options, classPath, program);
        Run naive = run(jdk, options + ",elide=off", classPath, program);
        assertThat(naive.files).isEqualTo(elided.files);
        double share = (double) elided.polls.total() / naive.polls.total();
        String line = String.format(
                Locale.ROOT,
                "%s compiling commons-lang3 on %s: %.1f %% of the naive placement's polls executed%n  naive  %s%n  elided %s%n",
                name,
                jdk,
                100 * share,
                naive.polls,
                elided.polls);
        System.out.print(line);
        Files.writeString(
                Corpus.folder().resolve("elision.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertThat(share).as(line).isLessThanOrEqualTo(2.0 / 3);
    }

    private Run compare(Jdk jdk, String options, List<Path> classPath, List<String> program) throws IOException {
        Run without = run(jdk, null, classPath, program);
        Run with = run(jdk, options, classPath, program);
        assertThat(with.jvm.out()).isEqualTo(without.jvm.out());
        assertThat(with.jvm.err()).isEqualTo(without.jvm.err());
        assertThat(with.files).isEqualTo(without.files);
        assertThat(with.jvm.out().size() + with.files.size()).isPositive();
        assertThat(without.polls.total()).isZero();
        assertThat(with.polls.total()).as("polls executed").isGreaterThan(10_000);
        return with;
    }

    private record Run(FinishedJvm jvm, Map<String, String> files, Checkrein.Polls polls) {}

    private Run run(Jdk jdk, String options, List<Path> classPath, List<String> program) throws IOException {
        Path out = Files.createTempDirectory(folder, "out");
        Path counts = folder.resolve("counts");
        ChildJvm jvm = new ChildJvm(jdk).jvm("-Xverify:all", "-Xmx1g").limit(LIMIT);
        if (options != null) {
            jvm.agent(options + ",count=on");
        }
        List<String> arguments = new ArrayList<>(List.of(counts.toString()));
        program.forEach(argument -> arguments.add(argument.equals("{out}") ? out.toString() : argument));
        FinishedJvm finished = jvm.classPath(classPath.toArray(new Path[0]))
                .program(RunCounted.class, arguments.toArray(new String[0]))
                .run();
        assertThat(finished.exitCode())
                .as(() -> String.join("\n", finished.err()))
                .isZero();
        return new Run(finished, contents(out), RunCounted.read(counts));
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    /** Of commons-lang3, unpacked. */
    private Path sources() throws IOException {
        return unpacked(Corpus.jar("programs", "commons-lang3"), "/org", ".java");
    }

    private Path unpacked(Path jar, String root, String ending) throws IOException {
        Path target = folder.resolve("sources");
        try (FileSystem content = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(content.getPath(root))) {
            files.filter(file -> file.toString().endsWith(ending)).forEach(file -> copy(file, target));
        }
        return target;
    }

    private static void copy(Path file, Path target) {
        try {
            Path to = target.resolve(file.toString().substring(1));
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
