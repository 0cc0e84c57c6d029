package dev.checkrein.it.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Class files that are damaged, each in a way of its own, are refused or left as they are; nothing hangs or runs out of memory. */
class InvalidClassesIT {
    private static final int HOW_MANY = 14;

    @Test
    void areLeftAloneOrRewrittenAsFarAsTheyGo() throws Exception {
        AgentRewriter rewriter = new AgentRewriter(name -> true);
        try (FileSystem files = FileSystems.newFileSystem(Corpus.jar("small", "asm-test"));
                Stream<Path> all = Files.walk(files.getPath("/"))) {
            List<Path> invalid =
                    all.filter(file -> file.toString().endsWith(".clazz")).toList();
            assertThat(invalid).hasSize(HOW_MANY);
            int leftAlone = 0;
            for (Path file : invalid) {
                AgentRewriter.Result result = rewriter.rewrite(file.toString(), Files.readAllBytes(file)); // no Error
                leftAlone += result.leftAlone().isEmpty() ? 0 : 1;
            }
            assertThat(leftAlone).isGreaterThan(HOW_MANY / 2);
        }
    }
}
