package dev.checkrein.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JVM to be launched. Starts from a clean slate: no options from the environment, an empty class path. Not thread-safe.
 *
 * <pre>{@code
 * new ChildJvm(jdk).agent("include=com.acme.**").program(Spin.class).run().succeeds();
 * }</pre>
 */
public final class ChildJvm {
    /** Generous: it is there to catch hangs, not slowness. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Jdk jdk;
    private final List<String> jvmArguments = new ArrayList<>();
    private final List<Path> classPath = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> programArguments = new ArrayList<>();
    private List<String> program = List.of();
    private Duration limit = LIMIT;
    private Path directory;

    public ChildJvm(Jdk jdk) {
        this.jdk = jdk;
    }

    /** Installs the agent, with the default options except that a class it cannot rewrite ends the JVM. */
    public ChildJvm agent() {
        return agentAsGiven("onError=fail");
    }

    /** Installs the agent with these options; a class it cannot rewrite ends the JVM. */
    public ChildJvm agent(String options) {
        return agentAsGiven(options + ",onError=fail");
    }

    /** Installs the agent with these options and no others. */
    public ChildJvm agentAsGiven(String options) {
        return jvm("-javaagent:" + Products.agentJar() + (options.isEmpty() ? "" : "=" + options));
    }

    /** Adds arguments for the JVM. */
    public ChildJvm jvm(String... arguments) {
        jvmArguments.addAll(List.of(arguments));
        return this;
    }

    /** Appends to the class path. */
    public ChildJvm classPath(Path... entries) {
        classPath.addAll(List.of(entries));
        return this;
    }

    /** Sets an environment variable. */
    public ChildJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs the {@code main} of a class of the test's own, with the API on the class path. */
    public ChildJvm program(Class<?> main, String... arguments) {
        classPath(Products.classPathEntryOf(main), Products.runtimeJar());
        program = List.of(main.getName());
        programArguments.addAll(List.of(arguments));
        return this;
    }

    /** Runs the {@code main} of a class by its name, on the class path as given. */
    public ChildJvm mainClass(String name, String... arguments) {
        program = List.of(name);
        programArguments.addAll(List.of(arguments));
        return this;
    }

    /** Runs an executable jar. */
    public ChildJvm jar(Path jar, String... arguments) {
        program = List.of("-jar", jar.toString());
        programArguments.addAll(List.of(arguments));
        return this;
    }

    /** Runs a program that is one source file. */
    public ChildJvm source(Path file, String... arguments) {
        program = List.of(file.toString());
        programArguments.addAll(List.of(arguments));
        return this;
    }

    /** Runs it in this folder. */
    public ChildJvm directory(Path path) {
        directory = path;
        return this;
    }

    /** Ends the JVM and fails the test if it takes longer. */
    public ChildJvm limit(Duration longest) {
        limit = longest;
        return this;
    }

    /** Runs it to its end. */
    public FinishedJvm run() {
        return start().await();
    }

    /** Starts it. */
    public RunningJvm start() {
        List<String> command = new ArrayList<>();
        command.add(jdk.program("java").toString());
        command.addAll(jvmArguments);
        if (!classPath.isEmpty()) {
            command.add("-cp");
            command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        }
        command.addAll(program);
        command.addAll(programArguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS")
                        || name.startsWith("CHECKREIN_"));
        builder.environment().putAll(environment);
        builder.directory(directory == null ? null : directory.toFile());
        try {
            return new RunningJvm(jdk, builder.start(), String.join(" ", command), limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
