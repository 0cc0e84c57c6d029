package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import dev.checkrein.it.programs.kill.BusyRows;
import dev.checkrein.it.programs.kill.Group;
import dev.checkrein.it.programs.kill.KillMatrix;
import dev.checkrein.it.programs.kill.Row;
import dev.checkrein.it.programs.kill.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every kind of work that the README says can be stopped, is, run after run; and what cannot, as it says. */
class KillMatrixIT {
    private static final Pattern FIGURES =
            Pattern.compile(".*: (\\d+) runs, (\\d+) ended, p50 [.\\d]+ ms, max [.\\d]+ ms(?:, (\\d+) by themselves)?");
    private static final Pattern TABLE =
            Pattern.compile("<!-- kills: checked by KillMatrixIT -->\n(.*?)<!-- end of kills -->", Pattern.DOTALL);

    /** More than a minute is usual where the machine is busy. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Header and line below it. */
    private static final int ABOVE_ROWS = 2;

    @EveryJdk
    void endsWhatTheApplicationDoes(Jdk jdk) {
        endsAll(new ChildJvm(jdk).jvm("-XX:+UseG1GC", "-Xmx256m").agent(), Group.DEFAULT, jdk);
    }

    @EveryJdk
    void endsWhatTheJdkDoesForIt(Jdk jdk) {
        String packages = Rows.of(Group.JDK, jdk.feature()).stream()
                .map(row -> ":" + row.include())
                .collect(Collectors.joining());
        endsAll(
                new ChildJvm(jdk)
                        .jvm("-XX:+UseG1GC", "-Xmx512m", "--add-opens=java.base/java.util=ALL-UNNAMED")
                        .agent("include=**" + packages),
                Group.JDK,
                jdk);
    }

    @EveryJdk
    void endsLoopsUnderTheSerialCollector(Jdk jdk) {
        endsAll(new ChildJvm(jdk).jvm("-XX:+UseSerialGC", "-Xmx256m").agent(), Group.SERIAL, jdk);
    }

    private static void endsAll(ChildJvm child, Group group, Jdk jdk) {
        List<String> names =
                Rows.of(group, jdk.feature()).stream().map(Row::name).toList();
        var out = child.limit(LIMIT)
                .program(KillMatrix.class, group.name())
                .run()
                .succeeds()
                .assertOut();
        out.extracting(line -> line.substring(0, line.indexOf(": "))).containsExactlyElementsOf(names);
        out.allSatisfy(KillMatrixIT::endedEveryTime);
    }

    private static void endedEveryTime(String line) {
        Matcher figures = FIGURES.matcher(line);
        assertThat(figures.matches()).as(line).isTrue();
        int runs = Integer.parseInt(figures.group(1));
        assertThat(figures.group(2)).isEqualTo(String.valueOf(runs));
        assertThat(runs).isGreaterThanOrEqualTo(KillMatrix.RUNS);
        if (line.startsWith(BusyRows.RACE)) {
            // Both must happen, or nothing has raced.
            assertThat(figures.group(3)).as(line).isNotNull();
            assertThat(Integer.parseInt(figures.group(3))).isBetween(1, runs - 1);
        } else {
            assertThat(figures.group(3)).as(line).isNull();
        }
    }

    @Test
    void isWhatTheReadmeSays() throws IOException {
        Matcher table = TABLE.matcher(Files.readString(Products.root().resolve("README.md")));
        assertThat(table.find()).isTrue();
        List<String> told = table.group(1).lines().skip(ABOVE_ROWS).toList();
        assertThat(told).hasSameSizeAs(Rows.all());
        for (int i = 0; i < told.size(); i++) {
            tells(told.get(i), Rows.all().get(i));
        }
    }

    private static void tells(String line, Row row) {
        String[] cells = line.split(" *\\| *");
        assertThat(cells).as(line).hasSize(1 + 3);
        assertThat(cells[1]).isEqualTo(row.name());
        assertThat(cells[2]).as(line).isEqualTo(row.include().isEmpty() ? "" : "`" + row.include() + "`");
        assertThat(cells[3]).as(line).startsWith("**" + row.ending().name().toLowerCase(Locale.ROOT) + "**");
    }
}
