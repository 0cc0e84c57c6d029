package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What Groovy, Kotlin and Clojure make of their source is stopped like Java, and the samples in them say where it was. */
class LanguagesIT {
    private static final Path SAMPLES = Products.root().resolve("sample-apps/languages/src/main");
    private static final Path CORNERS = Products.root().resolve("it-tests/agent-it/src/test/languages");
    private static final Path COROUTINES = kotlinc("kotlinx-coroutines-core-jvm.jar");
    private static final String LAUNCHERS = "dev.checkrein.samples.languages.";

    @TempDir
    private static Path classes;

    /** Once, by the oldest JDK: the classes are the same for all. */
    @BeforeAll
    static void compile() {
        Jdk jdk = Jdk.all().get(0);
        new ChildJvm(jdk)
                .classPath(kotlinc("*"), built("classes"))
                .mainClass(
                        LAUNCHERS + "Kotlinc",
                        "-no-stdlib",
                        "-no-reflect",
                        "-cp",
                        kotlinc("kotlin-stdlib.jar")
                                + File.pathSeparator
                                + COROUTINES
                                + File.pathSeparator
                                + Products.runtimeJar(),
                        "-d",
                        classes.toString(),
                        SAMPLES.resolve("kotlin").toString(),
                        CORNERS.resolve("Corners.kt").toString())
                .run()
                .succeeds();
        if (isKnownToGroovyc(jdk)) {
            new ChildJvm(jdk)
                    .classPath(lib("*"))
                    .mainClass(
                            "org.codehaus.groovy.tools.FileSystemCompiler",
                            "-d",
                            classes.toString(),
                            CORNERS.resolve("Corners.groovy").toString())
                    .run()
                    .succeeds();
        }
        new ChildJvm(jdk)
                .jvm("-Dclojure.compile.path=" + classes)
                .classPath(lib("*"), classes, CORNERS)
                .mainClass("clojure.lang.Compile", "corners")
                .run()
                .succeeds();
    }

    @EveryJdk
    void kotlin(Jdk jdk) throws IOException {
        stops(
                SAMPLES.resolve("kotlin/Runaways.kt"),
                program(jdk).classPath(classes).mainClass("RunawaysKt"));
        stopsAll(program(jdk).classPath(COROUTINES, classes).mainClass("CornersKt"), 13);
    }

    /** They are stopped without the option too, but some of the time their machinery reports that as a fault of its own. */
    @EveryJdk
    void coroutines(Jdk jdk) {
        ChildJvm jvm = new ChildJvm(jdk).agent("exclude=kotlin.**:kotlinx.coroutines.**");
        stopsAll(jvm.classPath(lib("*"), COROUTINES, classes).mainClass("CornersKt", "coroutines"), 2);
    }

    /** Compiled while it runs. */
    @EveryJdk
    void groovyScript(Jdk jdk) throws IOException {
        Path sample = SAMPLES.resolve("groovy/Runaways.groovy");
        stops(
                sample,
                program(jdk).classPath(built("classes")).mainClass(LAUNCHERS + "GroovyScript", sample.toString()));
    }

    @EveryJdk
    void groovyClasses(Jdk jdk) {
        Assumptions.assumeTrue(isKnownToGroovyc(Jdk.all().get(0)), "has been compiled"); // or it has no classes to run
        stopsAll(program(jdk).classPath(classes).mainClass("Corners"), 14);
    }

    /** Compiled while it runs. */
    @EveryJdk
    void clojureScript(Jdk jdk) throws IOException {
        Path sample = SAMPLES.resolve("clojure/runaways.clj");
        stops(sample, program(jdk).classPath(sample.getParent()).mainClass("clojure.main", "-m", "runaways"));
    }

    @EveryJdk
    void clojureClasses(Jdk jdk) {
        stopsAllOfClojure(program(jdk).classPath(classes).mainClass("corners"));
    }

    /** It reads the JDK's class files. */
    private static boolean isKnownToGroovyc(Jdk jdk) {
        return jdk.feature() <= 24;
    }

    private static ChildJvm program(Jdk jdk) {
        return new ChildJvm(jdk).agent().classPath(lib("*"));
    }

    /** A transaction that was ended has not taken place. */
    private static void stopsAllOfClojure(ChildJvm jvm) {
        stopsAll(jvm, 23).assertOut().last().isEqualTo("the account after its transaction: 1");
    }

    private static void stops(Path sample, ChildJvm jvm) throws IOException {
        FinishedJvm finished = jvm.run().succeeds();
        finished.assertOut().hasSize(4);
        String file = Pattern.quote(sample.getFileName().toString());
        int first = lineOf(sample, "count-?for-?ever");
        int next = lineOf(sample, "swallow-?for-?ever");
        for (String line : finished.out().subList(1, 3)) {
            Matcher place = Pattern.compile(
                            "  (?:an endless loop|one that catches every Throwable) had (?:its deadline|it) in " + file
                                    + ":(\\d+)")
                    .matcher(line);
            finished.assertOut().anyMatch(out -> place.matches());
            assertThat(Integer.parseInt(place.group(1))).as(line).isBetween(first, next);
        }
        finished.assertOut()
                .last()
                .asString()
                .startsWith("  another thread cancelled: ")
                .endsWith("nobody wants the result");
    }

    /** Where a function is defined: the first line that names it. */
    private static int lineOf(Path sample, String function) throws IOException {
        List<String> lines = Files.readAllLines(sample);
        Pattern name = Pattern.compile(function, Pattern.CASE_INSENSITIVE);
        return 1
                + IntStream.range(0, lines.size())
                        .filter(i -> name.matcher(lines.get(i)).find())
                        .findFirst()
                        .orElseThrow();
    }

    private static FinishedJvm stopsAll(ChildJvm jvm, int shapes) {
        FinishedJvm finished = jvm.run().succeeds();
        finished.assertOut().filteredOn(line -> line.endsWith(": stopped")).hasSize(shapes);
        finished.assertOut().noneMatch(line -> line.endsWith(": ended"));
        return finished;
    }

    private static Path lib(String jar) {
        return built("lib").resolve(jar);
    }

    private static Path kotlinc(String jar) {
        return built("kotlinc").resolve(jar);
    }

    private static Path built(String path) {
        return Products.built("sample-apps/languages/target").resolve(path);
    }
}
