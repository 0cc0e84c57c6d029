package dev.checkrein.agent.command;

import dev.checkrein.agent.command.VerifyingJvm.CrashException;
import dev.checkrein.agent.options.InvalidOptionException;
import dev.checkrein.agent.options.Options;
import dev.checkrein.agent.rewrite.ClassRewriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rewrites classes offline, by the same code as the agent. */
@Command(
        name = "instrument",
        description = {
            "Rewrites classes as the agent would, into a new jar or folder, and reports what it did.",
            "Rewritten classes run only in a JVM that has the agent; it does not give them a second set of polls."
        },
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineMain.OwnVersion.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all is well",
            "1:rewriting has made a class invalid (with --verify)",
            "2:what was asked for is not possible",
            "3:reading or writing has failed"
        })
final class InstrumentCommand implements Callable<Integer> {
    @Option(
            names = "--in",
            required = true,
            paramLabel = "A.jar|DIR|jrt:/MODULE",
            description =
                    "What to rewrite: a jar, a folder, a module of the JDK this runs on, or jrt:/ for all of them.")
    private String in;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "B",
            description = "Where to: a jar if it ends in .jar, and else a folder, which must be empty if it is there.")
    private Path out;

    @Option(
            names = "--include",
            paramLabel = "PATTERNS",
            description = "Classes to rewrite, as for the agent. Default: all of the input.")
    private String include;

    @Option(
            names = "--exclude",
            paramLabel = "PATTERNS",
            description = "Classes to leave alone all the same, as for the agent.")
    private String exclude;

    @Option(names = "--polls", paramLabel = "KINDS", description = "Where to poll, as for the agent.")
    private String polls;

    @Option(names = "--elide", paramLabel = "on|off", description = "Whether to leave out polls, as for the agent.")
    private String elide;

    @Option(names = "--verify", description = "Have a JVM verify every rewritten class. None of them is run.")
    private boolean verify;

    @Option(
            names = "--classpath",
            paramLabel = "PATH",
            defaultValue = "",
            description = "Where classes are that the input needs in order to be verified.")
    private String classPath;

    @Option(names = "--json", paramLabel = "REPORT", description = "Write a report to this file, in JSON.")
    private Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, CrashException {
        Options options = options();
        InstrumentReport report = new InstrumentReport(in, out.toString());
        Progress progress = new Progress(spec.commandLine().getErr(), Progress.onTerminal());
        try (ClassSource source = openSource()) {
            List<RewrittenClass> rewritten = rewrite(source, options, report, progress);
            if (verify) {
                progress.phase("verifying " + rewritten.size() + " classes");
                report.verified(Verification.of(rewritten, verifyTarget(source)));
            }
        } finally {
            progress.end();
        }
        if (json != null) {
            report.writeJson(json);
        }
        Summary.of(report).forEach(spec.commandLine().getOut()::println);
        return verify && !report.verified().errors().isEmpty() ? CommandLineMain.VERIFY_ERRORS : CommandLineMain.FINE;
    }

    private List<RewrittenClass> rewrite(
            ClassSource source, Options options, InstrumentReport report, Progress progress) throws IOException {
        Selection selection = source instanceof ModuleSource modules && include == null
                ? Selection.everythingIn(modules, options.exclude())
                : Selection.byOptions(options, source instanceof ModuleSource);
        ClassRewriter rewriter = new ClassRewriter(selection.rewriteOptions(options));
        try (ClassSink sink = openSink(source)) {
            return new OfflineRewriter(selection, rewriter, report, progress).run(source, sink);
        }
    }

    /** Takes what stands on the command line, and no other source of options: a build does the same everywhere. */
    private Options options() {
        Properties given = new Properties();
        put(given, "include", include);
        put(given, "exclude", exclude);
        put(given, "polls", polls);
        put(given, "elide", elide);
        try {
            return Options.read(null, given, Map.of());
        } catch (InvalidOptionException e) {
            throw badUsage("--" + e.getMessage());
        }
    }

    private static void put(Properties options, String key, String value) {
        if (value != null) {
            options.setProperty("checkrein." + key, value);
        }
    }

    private ClassSource openSource() throws IOException {
        try {
            return Places.source(in);
        } catch (Places.UnusableException e) {
            throw badUsage("--in " + e.getMessage());
        }
    }

    private ClassSink openSink(ClassSource source) throws IOException {
        try {
            return Places.sink(out, in, source);
        } catch (Places.UnusableException e) {
            throw badUsage("--out " + e.getMessage());
        }
    }

    private VerifyTarget verifyTarget(ClassSource source) {
        return source instanceof ModuleSource modules
                ? new VerifyTarget.Modules(modules, out)
                : new VerifyTarget.Files(Path.of(in), out, classPath);
    }

    private ParameterException badUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
