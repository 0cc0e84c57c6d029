package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import dev.checkrein.it.programs.UseCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.io.TempDir;

/** The agent's jar as a command: what it rewrites is valid, and runs as if the agent had rewritten it. */
class InstrumentIT {
    private static final Path CODEC = Products.classPathEntryOf(Base32.class);
    private static final String REWRITTEN_WHEN_LOADED = "rewritten when loaded: ";

    @TempDir
    Path folder;

    @EveryJdk
    void rewritesARealJar(Jdk jdk) throws IOException {
        Path json = folder.resolve("report.json");
        Path out = instrument(jdk, CODEC, "codec.jar", "--verify", "--json", json.toString());
        assertThat(names(out)).containsExactlyElementsOf(names(CODEC));
        assertThat(json).content().contains("\"verifyErrors\" : [ ]", "\"jdk\" : \"" + jdk.feature());
    }

    @EveryJdk
    void rewrittenClassesRunUnderAnAgentThatRewritesNothing(Jdk jdk) {
        run(jdk, "include=com.nobody.**", instrument(jdk, CODEC, "codec.jar"))
                .assertOut()
                .contains(
                        "timed out by CancellationError",
                        REWRITTEN_WHEN_LOADED + "0 classes, 0 loops, 0 entries," + " 0 allocations");
    }

    @EveryJdk
    void anAgentThatRewritesThemAgainFindsTheSame(Jdk jdk) {
        List<String> original = run(jdk, "include=org.apache.**", CODEC).out();
        assertThat(original).hasSize(4).last().asString().doesNotContain(" 0 loops");
        run(jdk, "include=org.apache.**", instrument(jdk, CODEC, "codec.jar"))
                .assertOut()
                .containsExactlyElementsOf(original);
    }

    @EveryJdk
    void rewritingAgainAddsNothing(Jdk jdk) throws IOException {
        Path once = instrument(jdk, CODEC, "once.jar");
        Path twice = instrument(jdk, once, "twice.jar");
        try (ZipFile first = new ZipFile(once.toFile());
                ZipFile second = new ZipFile(twice.toFile())) {
            assertThat(names(twice))
                    .allSatisfy(name -> assertThat(content(second, name)).isEqualTo(content(first, name)));
        }
    }

    @EveryJdk
    void rewritesASignedJar(Jdk jdk) throws Exception {
        Path signed = folder.resolve("signed.jar");
        sign(jdk, signed);
        assertThat(names(signed)).contains("META-INF/ME.SF");
        Path out = instrument(jdk, signed, "codec.jar");
        assertThat(names(out)).doesNotContain("META-INF/ME.SF");
        run(jdk, "include=com.nobody.**", out).assertOut().contains("timed out by CancellationError");
    }

    /** The JVM that verifies them runs on them besides. */
    @EveryJdk
    void rewritesTheJdksOwnClasses(Jdk jdk) {
        FinishedJvm jvm = new ChildJvm(jdk)
                .limit(Duration.ofMinutes(10))
                .jar(Products.agentJar(), "instrument", "--in", "jrt:/java.base", "--out", at("base"), "--verify")
                .run()
                .succeeds();
        jvm.assertOut().anyMatch(line -> line.matches("verified: \\d{4,} classes, 0 errors, .*"));
    }

    @EveryJdk
    void refusesInOneLine(Jdk jdk) {
        FinishedJvm jvm = new ChildJvm(jdk)
                .jar(Products.agentJar(), "instrument", "--in", CODEC.toString())
                .run();
        assertThat(jvm.exitCode()).isEqualTo(2);
        jvm.assertOut().isEmpty();
        jvm.assertErr().singleElement().asString().startsWith("checkrein: Missing required option: '--out=B'");
    }

    private Path instrument(Jdk jdk, Path in, String name, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("instrument", "--in", in.toString(), "--out", at(name)), Arrays.stream(more))
                .toArray(String[]::new);
        new ChildJvm(jdk)
                .jar(Products.agentJar(), arguments)
                .run()
                .succeeds()
                .assertOut()
                .anyMatch(line -> line.startsWith("polls: "));
        return folder.resolve(name);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static FinishedJvm run(Jdk jdk, String options, Path codec) {
        return new ChildJvm(jdk)
                .jvm("-Xverify:all")
                .agent(options)
                .classPath(codec)
                .program(UseCodec.class)
                .run()
                .succeeds();
    }

    private void sign(Jdk jdk, Path signed) throws Exception {
        List<String> store = List.of("-keystore", at("keys"), "-storepass", "secret");
        List<String> key = List.of("-genkeypair", "-alias", "me", "-keyalg", "EC", "-dname", "CN=me");
        tool(jdk, "keytool", store, key);
        tool(jdk, "jarsigner", store, List.of("-signedjar", signed.toString(), CODEC.toString(), "me"));
    }

    private void tool(Jdk jdk, String name, List<String> store, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(jdk.program(name).toString()));
        command.addAll(store);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
        assertThat(process.waitFor()).as(name).isZero();
    }

    private static List<String> names(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
}
