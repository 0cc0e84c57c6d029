package dev.checkrein.it.benchmarks.driver;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures what polls and stops cost. The command line is in RESULTS.md, and {@code --help} prints it. */
@Command(name = "benchmarks", mixinStandardHelpOptions = true, description = "Measures what polls and stops cost.")
public final class Benchmarks implements Callable<Integer> {
    private final PrintStream console;

    @Parameters(
            arity = "0..*",
            paramLabel = "PART",
            description = "What to measure, or all: ${COMPLETION-CANDIDATES}",
            completionCandidates = Names.class)
    private List<String> parts = List.of();

    @Mixin
    private Settings settings = new Settings();

    private Benchmarks(PrintStream console) {
        this.console = console;
    }

    public static void main(String[] args) {
        System.exit(run(System.out, args));
    }

    /** Runs the command. Returns its exit code: 0 if everything asked for was measured. */
    static int run(PrintStream console, String... args) {
        return new CommandLine(new Benchmarks(console))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(console, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((exception, command, line) -> badUsage(exception, command))
                .execute(args);
    }

    private static int badUsage(Exception exception, CommandLine command) throws Exception {
        if (exception instanceof IllegalArgumentException) {
            command.getErr().println(exception.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw exception;
    }

    @Override
    public Integer call() {
        settings.complete();
        Report report = new Report(Machine.here(), settings, console);
        boolean complete = true;
        for (Part part : wanted()) {
            complete &= part.run(settings, report);
        }
        report.finish();
        return complete ? 0 : 1;
    }

    private List<Part> wanted() {
        List<Part> all = List.of(Part.values());
        if (parts.isEmpty() || parts.contains("all")) {
            return all;
        }
        return parts.stream().map(Benchmarks::part).toList();
    }

    private static Part part(String name) {
        return Arrays.stream(Part.values())
                .filter(part -> part.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no part " + name + ", there are " + new Names().all()));
    }

    /** Of the parts, for the help. */
    static final class Names implements Iterable<String> {
        List<String> all() {
            return Arrays.stream(Part.values()).map(Part::label).toList();
        }

        @Override
        public Iterator<String> iterator() {
            return all().iterator();
        }
    }
}
