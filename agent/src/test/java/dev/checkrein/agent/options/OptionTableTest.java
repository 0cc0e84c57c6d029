package dev.checkrein.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of options is what the code declares. */
class OptionTableTest {
    private static final String BEGIN = "<!-- options: checked by OptionTableTest -->\n";
    private static final String END = "<!-- end of options -->";

    @Test
    void readmeShowsTheDeclaredOptions() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        assertThat(readme).contains(BEGIN, END);
        String shown = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));
        assertThat(shown)
                .as("replace the table in README.md by this:\n" + table())
                .isEqualTo(table());
    }

    private static String table() {
        return "| key | default | meaning |\n|---|---|---|\n"
                + Arrays.stream(Option.values()).map(OptionTableTest::row).collect(Collectors.joining());
    }

    private static String row(Option option) {
        String defaultValue = option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`";
        return "| `" + option.key() + "` | " + defaultValue + " | " + option.help() + " |\n";
    }
}
