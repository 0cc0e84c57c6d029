package dev.checkrein.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM refuses is found, and laid at the right door; what it takes is not run. */
class VerificationTest {
    @TempDir
    Path folder;

    @Test
    void verifiesWithoutInitialising() throws Exception {
        write("in", Samples.POLLED_PATH, Samples.polled());
        // Its static initialiser would end the JVM with an exit code of its own.
        CommandRun run =
                CommandRun.of("instrument", "--in", folder.resolve("in"), "--out", folder.resolve("out"), "--verify");
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(CommandLineMain.FINE);
        assertThat(run.out()).contains("verified: 1 classes, 0 errors, 0 not verifiable before either");
    }

    @Test
    void findsAClassThatRewritingHasBroken() throws Exception {
        write("in", "Broken.class", Samples.verifiable("Broken", "java/lang/Object"));
        write("out", "Broken.class", Samples.unverifiable("Broken"));
        write("in", "Whole.class", Samples.verifiable("Whole", "java/lang/Object"));
        write("out", "Whole.class", Samples.verifiable("Whole", "java/lang/Object"));
        Verification.Result result = verify("", "Broken", "Whole");
        assertThat(result.verified()).isEqualTo(1);
        assertThat(result.notVerifiable()).isEmpty();
        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.className()).isEqualTo("Broken");
            assertThat(error.message()).startsWith("java.lang.VerifyError: Bad type on operand stack");
        });
    }

    @Test
    void countsWhatWasBrokenBeforeApart() throws Exception {
        write("in", "Invalid.class", Samples.unverifiable("Invalid"));
        write("out", "Invalid.class", Samples.unverifiable("Invalid"));
        write("in", "Orphan.class", Samples.verifiable("Orphan", "Parent"));
        write("out", "Orphan.class", Samples.verifiable("Orphan", "Parent"));
        Verification.Result result = verify("", "Invalid", "Orphan");
        assertThat(result.verified()).isZero();
        assertThat(result.errors()).isEmpty();
        assertThat(result.notVerifiable())
                .extracting(Verification.Failure::className)
                .containsExactly("Invalid", "Orphan");
    }

    @Test
    void looksOnTheClassPathForTheRest() throws Exception {
        write("in", "Orphan.class", Samples.verifiable("Orphan", "Parent"));
        write("out", "Orphan.class", Samples.verifiable("Orphan", "Parent"));
        write("library", "Parent.class", Samples.verifiable("Parent", "java/lang/Object"));
        String classPath = folder.resolve("nothing") + File.pathSeparator + folder.resolve("library");
        assertThat(verify(classPath, "Orphan").verified()).isEqualTo(1);
    }

    @Test
    void seesEachReleaseOfAClass() throws Exception {
        for (String root : List.of("in", "out")) {
            write(root, "Twice.class", Samples.verifiable("Twice", "java/lang/Object"));
            write(root, "META-INF/versions/9/Twice.class", Samples.verifiable("Twice", "java/lang/Object"));
        }
        write("out", "META-INF/versions/9/Twice.class", Samples.unverifiable("Twice"));
        Verification.Result result = Verification.of(
                List.of(
                        new RewrittenClass("Twice.class", "Twice"),
                        new RewrittenClass("META-INF/versions/9/Twice.class", "Twice")),
                target(""));
        assertThat(result.verified()).isEqualTo(1);
        assertThat(result.errors()).hasSize(1);
    }

    private Verification.Result verify(String classPath, String... names) throws Exception {
        List<RewrittenClass> classes = Arrays.stream(names)
                .map(name -> new RewrittenClass(name + ".class", name))
                .toList();
        return Verification.of(classes, target(classPath));
    }

    private VerifyTarget target(String classPath) {
        return new VerifyTarget.Files(folder.resolve("in"), folder.resolve("out"), classPath);
    }

    private void write(String root, String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(root).resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
