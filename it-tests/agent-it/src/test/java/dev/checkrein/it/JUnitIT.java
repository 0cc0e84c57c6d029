package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import dev.checkrein.it.programs.junit.RunTests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;

/** The extension ends tests that do not end, under the JUnit it was compiled for and under the next. */
class JUnitIT {
    private static final String TESTS = RunTests.class.getPackageName() + ".";
    private static final Path EXTENSION = Products.built("runtime/junit5/target/checkrein-junit5.jar");

    @EveryJdk
    void endsTestsOfJUnit5(Jdk jdk) {
        endsTests(jdk, JUnit.FIVE);
    }

    @EveryJdk
    void endsTestsOfJUnit6(Jdk jdk) {
        endsTests(jdk, JUnit.SIX);
    }

    private static void endsTests(Jdk jdk, JUnit version) {
        FinishedJvm jvm = jvm(jdk, version, "LimitedMethods", "LimitedClass")
                .agent()
                .run()
                .succeeds();
        List<String> expected = new ArrayList<>(List.of("JUnit " + version.number));
        expected.addAll(ofMethods());
        expected.addAll(ofClass());
        expected.addAll(List.of("interrupted: false", "threads left: []"));
        jvm.assertOut().containsExactlyElementsOf(expected);
    }

    private static List<String> ofMethods() {
        return List.of(
                "a1Spins(): " + endedByItsOwn("LimitedMethods.a1Spins") + "CancellationError in spin",
                "a2Follows(): SUCCESSFUL",
                "b1Swallows(): " + endedByItsOwn("LimitedMethods.b1Swallows") + "CancellationError in spin",
                "b2EndsInTime(): SUCCESSFUL",
                "c1Sleeps(): " + endedByItsOwn("LimitedMethods.c1Sleeps") + "InterruptedException in sleep",
                "c2FailsItself(): FAILED IllegalStateException: of its own; IllegalStateException in c2FailsItself");
    }

    private static List<String> ofClass() {
        return List.of(
                "dynamic one: " + endedByClass("LimitedClass", ".dynamic() [dynamic one]")
                        + "CancellationError in spin",
                "dynamic two: SUCCESSFUL",
                "endsInTime(): SUCCESSFUL",
                "hasASlowSetUp(): "
                        + endedByClass("LimitedClass", ".setUp(TestInfo) [hasASlowSetUp()]")
                        + "CancellationError in spin",
                "turn 1: SUCCESSFUL",
                "turn 2: " + endedByClass("LimitedClass", ".parameterized(int) [turn 2]") + "CancellationError in spin",
                "turn 3: SUCCESSFUL",
                // JUnit reports its own limit, and suppresses ours, which ended the test.
                "withJUnitsTimeoutThatIsShorter(): FAILED TimeoutException: withJUnitsTimeoutThatIsShorter() timed out after"
                        + " 50 milliseconds; TimeoutException in nowhere",
                "zOnAThreadOfJUnits(): " + endedByClass("LimitedClass", ".zOnAThreadOfJUnits()")
                        + "CancellationError in spin",
                "spins(): " + endedByClass("LimitedClass", "$Inner.spins()") + "CancellationError in spin");
    }

    private static String endedByItsOwn(String method) {
        return "FAILED TimeoutException: " + TESTS + method
                + "() was still busy after 0.2 s (@CancelAfter(\"200ms\") on method " + TESTS + method + "); ";
    }

    private static String endedByClass(String annotated, String method) {
        return "FAILED TimeoutException: " + TESTS + annotated + method
                + " was still busy after 1 s (@CancelAfter(\"1s\") on class " + TESTS + annotated + "); ";
    }

    @EveryJdk
    void theConfigurationParameterIsForAllTests(Jdk jdk) {
        for (JUnit version : JUnit.values()) {
            endsAnUnannotatedTest(
                    version,
                    jvm(jdk, version, "Unannotated")
                            .jvm("-Djunit.jupiter.extensions.autodetection.enabled=true")
                            .jvm("-Dcheckrein.junit.cancel-after=1s"));
        }
    }

    /** With a limit for those who have less time. */
    @EveryJdk
    void soIsTheFileInTheReadme(Jdk jdk, @TempDir Path folder) throws Exception {
        String file = inReadme("```properties\n(.*?)```").replace("=30s", "=1s");
        Files.writeString(folder.resolve("junit-platform.properties"), file);
        for (JUnit version : JUnit.values()) {
            endsAnUnannotatedTest(version, jvm(jdk, version, "Unannotated").classPath(folder));
        }
    }

    private static void endsAnUnannotatedTest(JUnit version, ChildJvm jvm) {
        jvm.agent()
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "JUnit " + version.number,
                        "a1Spins(): FAILED TimeoutException: " + TESTS + "Unannotated.a1Spins() was still busy after"
                                + " 1 s (the configuration parameter checkrein.junit.cancel-after=1s);"
                                + " CancellationError in spin",
                        "a2Follows(): SUCCESSFUL",
                        "interrupted: false",
                        "threads left: []");
    }

    @EveryJdk
    void theTestInTheReadmeFailsAsItSays(Jdk jdk, @TempDir Path folder) throws Exception {
        Path source = folder.resolve("ParserTest.java");
        Files.writeString(source, inReadme("```java\n(import dev.checkrein.junit5.*?)```"));
        String message = inReadme("```\n(ParserTest.*?)\n```");
        for (JUnit version : JUnit.values()) {
            compile(source, version.jar(), EXTENSION);
            new ChildJvm(jdk)
                    .classPath(version.jar(), EXTENSION)
                    .program(RunTests.class, "ParserTest")
                    .classPath(folder)
                    .agent()
                    .run()
                    .succeeds()
                    .assertOut()
                    .filteredOn(line -> line.startsWith("terminates()"))
                    .singleElement()
                    .asString()
                    .startsWith("terminates(): FAILED TimeoutException: " + message + "; CancellationError");
        }
    }

    private static String inReadme(String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Files.readString(Products.root().resolve("README.md")));
        assertThat(matcher.find()).as("README.md has a match of %s", pattern).isTrue();
        return matcher.group(1);
    }

    private static void compile(Path source, Path... classPath) {
        String joined = Stream.of(classPath).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-cp", joined, source.toString());
        assertThat(result).as("compiles").isZero();
    }

    @EveryJdk
    void withoutTheAgentWhatIsBlockedIsEnded(Jdk jdk) {
        for (JUnit version : JUnit.values()) {
            FinishedJvm jvm = jvm(jdk, version, "Sleeping").run();
            jvm.assertOut()
                    .containsExactly(
                            "JUnit " + version.number,
                            "a1Sleeps(): " + endedByClass("Sleeping", ".a1Sleeps()") + "InterruptedException in sleep",
                            "a2Follows(): SUCCESSFUL",
                            "interrupted: false",
                            "threads left: []");
            jvm.assertErr()
                    .filteredOn(line -> line.contains("polls are not installed"))
                    .hasSize(1);
        }
    }

    private static ChildJvm jvm(Jdk jdk, JUnit version, String... testClasses) {
        String[] names = Stream.of(testClasses).map(name -> TESTS + name).toArray(String[]::new);
        return new ChildJvm(jdk).classPath(version.jar(), EXTENSION).program(RunTests.class, names);
    }

    /** All of JUnit is in one jar. */
    private enum JUnit {
        FIVE("1.11.4"),
        SIX("6.1.3");

        /** Of the platform: that of JUnit 5 counts from 1. */
        private final String number;

        JUnit(String number) {
            this.number = number;
        }

        Path jar() {
            return Products.built(
                    "it-tests/agent-it/target/junit/junit-platform-console-standalone-" + number + ".jar");
        }
    }
}
