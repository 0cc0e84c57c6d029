package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** The README keeps its promises: its example runs as it stands there, and prints what it says. */
class ReadmeIT {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?public class (\\w+).*?)```", Pattern.DOTALL);
    private static final Pattern SESSION = Pattern.compile("```\n\\$ java (.*?)\n(.*?)```", Pattern.DOTALL);

    @EveryJdk
    void exampleRunsAndPrintsWhatItSays(Jdk jdk, @TempDir Path folder) throws Exception {
        String readme = Files.readString(Products.root().resolve("README.md"));
        Matcher example = first(EXAMPLE, readme);
        Matcher session = first(SESSION, readme);
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

    private static Matcher first(Pattern pattern, String readme) {
        Matcher matcher = pattern.matcher(readme);
        assertThat(matcher.find()).as("README.md has a match of %s", pattern).isTrue();
        return matcher;
    }
}
