package dev.checkrein.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is rewritten into another one; the options choose what, and the report says it. */
class InstrumentFolderTest {
    @TempDir
    Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        in = folder.resolve("in");
        out = folder.resolve("below/out");
        write(Samples.POLLED_PATH, Samples.polled());
        write("Empty.class", Samples.empty());
        write("META-INF/notes.txt", new byte[] {7});
        Files.createDirectories(in.resolve("nothing/here"));
    }

    @Test
    void keepsTheTree() throws IOException {
        assertThat(instrument())
                .contains("classes: 2 read, 1 rewritten, 1 unchanged, 0 left alone")
                .anyMatch(line -> line.startsWith("polls: 1 loop, "));
        assertThat(out.resolve("nothing/here")).isEmptyDirectory();
        assertThat(out.resolve("META-INF/notes.txt")).hasBinaryContent(new byte[] {7});
        assertThat(Files.readAllBytes(out.resolve(Samples.POLLED_PATH))).isNotEqualTo(Samples.polled());
        assertThat(out.resolve("Empty.class")).hasBinaryContent(Samples.empty());
    }

    @Test
    void anExcludedClassStaysAsItIs() throws IOException {
        assertThat(instrument("--exclude", Samples.POLLED))
                .contains("classes: 2 read, 0 rewritten, 2 unchanged, 0 left alone");
    }

    @Test
    void aClassThatIsNotIncludedStaysAsItIs() throws IOException {
        assertThat(instrument("--include", "com.nobody.**"))
                .contains("classes: 2 read, 0 rewritten, 2 unchanged, 0 left alone");
    }

    @Test
    void namesTheReasonWhyAClassCannotBeIncluded() throws IOException {
        write("dev/checkrein/Checkrein.class", Samples.verifiable("dev/checkrein/Checkrein", "java/lang/Object"));
        assertThat(instrument())
                .contains("left alone: dev.checkrein.Checkrein: the API runs between a call and its boundary,"
                        + " where nothing may be thrown");
    }

    @Test
    void onlyTheChosenPollsAreInserted() throws IOException {
        assertThat(instrument("--polls", "loops"))
                .anyMatch(line -> line.matches("polls: 1 loop, 0 entry, 0 allocation, \\d+ return"));
    }

    @Test
    void reportsAsJson() throws IOException {
        Path json = folder.resolve("report.json");
        write("lib/nested.war", new byte[1]);
        instrument("--json", json.toString());
        Map<String, Object> report = JSON.std.mapFrom(json.toFile());
        assertThat(report.keySet())
                .containsExactly(
                        "input",
                        "output",
                        "version",
                        "jdk",
                        "classes",
                        "polls",
                        "elided",
                        "leftAlone",
                        "signaturesRemoved",
                        "verify",
                        "verifyErrors");
        assertThat(report)
                .containsEntry("input", in.toString())
                .containsEntry("output", out.toString())
                .containsEntry("jdk", Runtime.version().toString())
                .containsEntry("classes", Map.of("read", 2, "rewritten", 1, "unchanged", 1, "leftAlone", 0))
                .containsEntry(
                        "leftAlone",
                        List.of(Map.of(
                                "what",
                                "lib/nested.war",
                                "reason",
                                "an archive inside the input: rewrite it by itself")))
                .containsEntry("verify", null)
                .containsEntry("verifyErrors", List.of());
        assertThat(report.get("polls")).asString().contains("loop=1", "entry=", "allocation=", "return=");
    }

    @Test
    void rewritingTwiceChangesNothing() throws IOException {
        instrument();
        Path again = folder.resolve("again");
        CommandRun.of("instrument", "--in", out, "--out", again);
        assertThat(again.resolve(Samples.POLLED_PATH))
                .hasBinaryContent(Files.readAllBytes(out.resolve(Samples.POLLED_PATH)));
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = in.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private List<String> instrument(String... more) {
        Object[] arguments = new Object[5 + more.length];
        System.arraycopy(new Object[] {"instrument", "--in", in, "--out", out}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(CommandLineMain.FINE);
        return run.out();
    }
}
