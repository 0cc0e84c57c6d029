package dev.checkrein.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done is refused with 2 and one line that says what is possible, and nothing is written. */
class BadUsageTest {
    @TempDir
    Path folder;

    @Test
    void noCommand() {
        refuses("no command given. Valid: instrument");
    }

    @Test
    void unknownCommand() {
        refuses("Unmatched argument at index 0: 'instrumnt'", "instrumnt");
    }

    @Test
    void nothingNamed() {
        refuses("Missing required options: '--in=A.jar|DIR|jrt:/MODULE', '--out=B'", "instrument");
    }

    @Test
    void unknownOption() throws Exception {
        refuses("Unknown option: '--inn'", "instrument", "--in", in(), "--out", out(), "--inn");
    }

    @Test
    void inputThatIsNotThere() {
        Path in = folder.resolve("not-there.jar");
        refuses(
                in + " is not there. Valid: a jar, a folder, jrt:/MODULE, jrt:/",
                "instrument",
                "--in",
                in,
                "--out",
                out());
    }

    @Test
    void inputThatIsNoJar() throws Exception {
        Path in = Files.writeString(folder.resolve("notes.txt"), "not a jar");
        refuses(in + " is no jar", "instrument", "--in", in, "--out", out());
    }

    @Test
    void unknownModule() {
        refuses(
                "jrt:/java.bse is no module of this JDK. To see them: java --list-modules",
                "instrument",
                "--in",
                "jrt:/java.bse",
                "--out",
                out());
    }

    @Test
    void addressThatIsNone() {
        refuses(
                "jrt:java.base is no address of a module. Valid: jrt:/MODULE, jrt:/",
                "instrument",
                "--in",
                "jrt:java.base",
                "--out",
                out());
    }

    @Test
    void wholeJdkAsAJar() {
        refuses("cannot be a jar: all modules", "instrument", "--in", "jrt:/", "--out", folder.resolve("jdk.jar"));
    }

    @Test
    void outputThatIsTheInput() throws Exception {
        refuses("is what --in names. Name another place", "instrument", "--in", in(), "--out", in());
    }

    @Test
    void outputInsideTheInput() throws Exception {
        refuses(
                "is inside what --in names. Name a place outside",
                "instrument",
                "--in",
                in(),
                "--out",
                in().resolve("o"));
    }

    @Test
    void outputThatIsNotEmpty() throws Exception {
        Path out = Files.createDirectory(folder.resolve("full"));
        Files.createFile(out.resolve("file"));
        refuses("is there and not an empty folder. Name one that is new", "instrument", "--in", in(), "--out", out);
    }

    @Test
    void folderWithTheNameOfAJar() throws Exception {
        Path out = Files.createDirectory(folder.resolve("folder.jar"));
        refuses("is a folder, but its name is that of a jar", "instrument", "--in", in(), "--out", out);
    }

    @Test
    void patternThatIsNone() throws Exception {
        refuses(
                "--include=com..acme: \"com..acme\" is no class pattern. Valid ones look like com.acme.Main",
                "instrument",
                "--in",
                in(),
                "--out",
                out(),
                "--include",
                "com..acme");
    }

    @Test
    void unknownKindOfPoll() throws Exception {
        refuses(
                "--polls=loop: \"loop\" is no kind of poll. Valid: any of loops, entries, allocations",
                "instrument",
                "--in",
                in(),
                "--out",
                out(),
                "--polls",
                "loop");
    }

    private Path in() throws Exception {
        return Files.createDirectories(folder.resolve("in"));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private void refuses(String message, Object... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).isEqualTo(CommandLineMain.BAD_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .singleElement()
                .asString()
                .startsWith("checkrein: ")
                .contains(message)
                .endsWith("--help");
        assertThat(out()).doesNotExist();
    }
}
