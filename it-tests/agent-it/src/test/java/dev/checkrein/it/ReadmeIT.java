package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** The README keeps its promises: its examples run as they stand there, and print what it says. */
class ReadmeIT {
    private static final Pattern EXAMPLE =
            Pattern.compile("```java\n((?:(?!```).)*?public class (\\w+).*?)```", Pattern.DOTALL);
    private static final Pattern SESSION = Pattern.compile("```\n\\$ java (.*?)\n(.*?)```", Pattern.DOTALL);

    @EveryJdk
    void examplesRunAndPrintWhatItSays(Jdk jdk, @TempDir Path folder) throws Exception {
        String readme = Files.readString(Products.root().resolve("README.md"));
        List<MatchResult> examples = EXAMPLE.matcher(readme).results().toList();
        List<MatchResult> sessions = SESSION.matcher(readme).results().toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(2).hasSameSizeAs(sessions);
        for (int i = 0; i < examples.size(); i++) {
            runsAndPrints(jdk, folder, examples.get(i), sessions.get(i));
        }
    }

    private static void runsAndPrints(Jdk jdk, Path folder, MatchResult example, MatchResult session) throws Exception {
        Path source = folder.resolve(example.group(2) + ".java");
        Files.writeString(source, example.group(1));
        List<String> arguments = List.of(session.group(1).split(" "));
        assertThat(arguments)
                .containsExactly(
                        "-javaagent:agent/target/checkrein-agent.jar",
                        "-cp",
                        "runtime/target/checkrein-runtime.jar",
                        source.getFileName().toString());
        new ChildJvm(jdk)
                .agent()
                .classPath(Products.runtimeJar())
                .source(source)
                .run()
                .succeeds()
                .assertOut()
                .containsExactlyElementsOf(session.group(2).lines().toList());
    }
}
