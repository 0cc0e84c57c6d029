package dev.checkrein.it.benchmarks.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a run, with what it ran on. Written anew whenever a row is finished, so that a run that is ended half way has
 * said what it knows. Not thread-safe.
 */
final class Report {
    private final Map<String, Object> circumstances = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Machine machine;
    private final Path folder;
    private final PrintStream console;

    Report(Machine machine, Settings settings, PrintStream console) {
        this.machine = machine;
        this.folder = settings.output();
        this.console = console;
        circumstances.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        circumstances.put("machine", machine.cpu() + ", " + machine.cores() + " cores, " + machine.system());
        circumstances.put("load average at the start", machine.load());
        circumstances.putAll(settings.circumstances());
        machine.warning().ifPresent(console::println);
    }

    /** Begins a table. */
    Table table(String title, String about) {
        Table table = new Table(title, about);
        tables.add(table);
        return table;
    }

    /** Tells what is being done. */
    void progress(String what) {
        console.println(what);
    }

    /** Notes that something could not be measured, and why. */
    void failed(String what, Throwable why) {
        StringWriter stack = new StringWriter();
        why.printStackTrace(new PrintWriter(stack));
        console.println(what + " failed: " + stack);
        failures.add(what + ": "
                + String.valueOf(why.getMessage()).lines().findFirst().orElse(""));
    }

    /** Writes {@code results.md} and {@code results.json}. */
    void write() {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("results.md"), markdown());
            Map<String, Object> all = new LinkedHashMap<>(circumstances);
            all.put("failures", failures);
            all.put("tables", tables.stream().map(Table::asMap).toList());
            Files.writeString(
                    folder.resolve("results.json"),
                    JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the files for the last time, and the tables to the console. */
    void finish() {
        write();
        console.println();
        console.print(markdown());
        console.println("Written to " + folder);
    }

    List<Table> tables() {
        return List.copyOf(tables);
    }

    private String markdown() {
        StringBuilder text = new StringBuilder();
        circumstances.forEach((key, value) ->
                text.append("- ").append(key).append(": ").append(value).append('\n'));
        machine.warning()
                .ifPresent(warning -> text.append("- **").append(warning).append("**\n"));
        text.append('\n');
        failures.forEach(failure -> text.append("- **failed: ").append(failure).append("**\n"));
        tables.forEach(table -> text.append(table.asMarkdown()));
        return text.toString();
    }
}
