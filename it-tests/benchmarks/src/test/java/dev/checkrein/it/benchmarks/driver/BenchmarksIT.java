package dev.checkrein.it.benchmarks.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of measurement works, on little of everything. Says nothing of the figures but that there are some. */
class BenchmarksIT {
    @TempDir
    Path folder;

    @EveryJdk
    void measuresALittleOfEverything(Jdk jdk) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = new PrintStream(printed, true, StandardCharsets.UTF_8);
        String only = "saxpy,loop-poll,tight-loop,clojure";
        String[] command = {
            "all",
            "--short",
            "--jdk",
            String.valueOf(jdk.feature()),
            "--only",
            only,
            "--variant",
            "empty",
            "--phase",
            "before,while-stopped",
            "--output",
            folder.toString()
        };
        int exitCode = Benchmarks.run(console, command);
        assertThat(exitCode).as(() -> printed.toString(StandardCharsets.UTF_8)).isZero();
        Map<String, Object> results = JSON.std.mapFrom(Files.readString(folder.resolve("results.json")));
        assertThat((List<?>) results.get("tables")).hasSize(Part.values().length);
        assertThat(numbers(results.get("tables")))
                .hasSizeGreaterThan(Part.values().length)
                .allMatch(Double::isFinite);
        assertThat(texts(results.get("tables"))).noneMatch(text -> text.startsWith("failed") || text.equals("NaN"));
        assertThat(Files.readString(folder.resolve("results.md")))
                .contains("machine: ", "JVM flags: -Xms", "| saxpy |", "| clojure |", "| tight-loop |", "worst");
    }

    @Test
    void saysWhatItDoesNotKnow() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = new PrintStream(printed, true, StandardCharsets.UTF_8);
        assertThat(Benchmarks.run(console, "kernels", "--only", "saxpi")).isNotZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("saxpi", "saxpy");
    }

    private static Stream<Double> numbers(Object json) {
        return leaves(json).filter(Number.class::isInstance).map(number -> ((Number) number).doubleValue());
    }

    private static Stream<String> texts(Object json) {
        return leaves(json).filter(String.class::isInstance).map(String.class::cast);
    }

    private static Stream<?> leaves(Object json) {
        if (json instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(BenchmarksIT::leaves);
        }
        return json instanceof List<?> list ? list.stream().flatMap(BenchmarksIT::leaves) : Stream.of(json);
    }
}
