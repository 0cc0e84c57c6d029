package dev.checkrein.agent.command;

import dev.checkrein.internal.bridge.OwnCopy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where {@code java -jar checkrein-agent.jar} enters. */
@Command(
        name = "checkrein-agent.jar",
        description = "Gives Java threads safepoints. As an agent: java -javaagent:checkrein-agent.jar …",
        subcommands = InstrumentCommand.class,
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineMain.OwnVersion.class)
public final class CommandLineMain implements Runnable {
    static final int FINE = 0;
    static final int VERIFY_ERRORS = 1;
    static final int BAD_USAGE = 2;
    static final int FAILED = 3;

    @Spec
    private CommandSpec spec;

    CommandLineMain() {}

    /** Ends the JVM with the exit code of the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CommandLineMain())
                .setParameterExceptionHandler((e, arguments) -> badUsage(e))
                .setExecutionExceptionHandler((e, commandLine, parsed) -> failed(e, commandLine));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command given. Valid: "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    private static int badUsage(ParameterException e) {
        CommandLine commandLine = e.getCommandLine();
        commandLine
                .getErr()
                .println("checkrein: " + e.getMessage() + ". For help: java -jar "
                        + commandLine.getCommandSpec().qualifiedName() + " --help");
        return BAD_USAGE;
    }

    /** The message for what can be expected to go wrong; the stack trace besides for what cannot. */
    private static int failed(Exception e, CommandLine commandLine) {
        PrintWriter err = commandLine.getErr();
        // The message of a file system's exception is often nothing but the file's name.
        boolean clear = e instanceof IOException && !(e instanceof FileSystemException);
        err.println("checkrein: " + (clear ? e.getMessage() : e.toString()));
        if (!(e instanceof IOException)) {
            e.printStackTrace(err);
        }
        return FAILED;
    }

    /** The version of this jar. */
    static final class OwnVersion implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"checkrein " + OwnCopy.version()};
        }
    }
}
