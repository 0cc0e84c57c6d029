package dev.checkrein.agent.command;

import dev.checkrein.agent.stub.FlagsClass;
import dev.checkrein.agent.stub.StubClass;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has a JVM of the same JDK verify classes, without initialising one. It verifies everything, the JDK's own classes
 * included, and has the stub that polls call. Not thread-safe.
 */
final class VerifyingJvm implements AutoCloseable {
    private static final int MOST_LINES = 20;

    private final VerifyTarget target;
    private final Path scratch;

    VerifyingJvm(VerifyTarget target) throws IOException {
        this.target = target;
        scratch = Files.createTempDirectory("checkrein-verify");
        add(FlagsClass.INTERNAL_NAME, FlagsClass.generate());
        add(StubClass.INTERNAL_NAME, StubClass.generate(false));
        add(UnverifiableClass.NAME.replace('.', '/'), UnverifiableClass.generate());
    }

    private void add(String internalName, byte[] classFile) throws IOException {
        Path file = patch().resolve(internalName + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, classFile);
    }

    private Path patch() {
        return scratch.resolve("java.base");
    }

    /** The JVM ended before it had looked at every class. */
    static final class CrashException extends Exception {
        private static final long serialVersionUID = 1L;

        CrashException(String message) {
            super(message);
        }
    }

    /**
     * Verifies classes.
     *
     * @param rewritten whether as they are now, or as they were
     * @return those that failed, with what the JVM said
     */
    Map<RewrittenClass, String> failures(List<RewrittenClass> classes, boolean rewritten)
            throws IOException, InterruptedException, CrashException {
        Map<String, RewrittenClass> byLine = new LinkedHashMap<>();
        for (RewrittenClass c : classes) {
            byLine.put(target.whereIs(c) + VerifyingMain.SEPARATOR + c.className(), c);
        }
        Path failures = run(byLine.keySet(), rewritten);
        Map<RewrittenClass, String> failed = new LinkedHashMap<>();
        for (String line : Files.readAllLines(failures)) {
            int end = line.lastIndexOf(VerifyingMain.SEPARATOR);
            failed.put(byLine.get(line.substring(0, end)), line.substring(end + 1));
        }
        return failed;
    }

    private Path run(Iterable<String> lines, boolean rewritten)
            throws IOException, InterruptedException, CrashException {
        Path in = Files.write(scratch.resolve("classes"), lines);
        Path out = scratch.resolve("failures");
        Path err = scratch.resolve("messages");
        ProcessBuilder builder = new ProcessBuilder(command(rewritten))
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // They could bring agents, this one included.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process jvm = builder.start();
        try {
            int exitCode = jvm.waitFor();
            if (exitCode != 0) {
                throw new CrashException("the JVM that verifies ended with " + exitCode + ": " + beginning(err, out));
            }
            return out;
        } finally {
            jvm.destroyForcibly();
        }
    }

    private List<String> command(boolean rewritten) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xverify:all");
        command.addAll(target.jvmArguments(rewritten, patch()));
        command.addAll(List.of("-cp", ownClasses().toString(), VerifyingMain.class.getName()));
        command.addAll(target.arguments(rewritten));
        return command;
    }

    private static Path ownClasses() {
        try {
            return Path.of(VerifyingMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JVM that cannot start says so on its standard error, or on its standard output if it is early. */
    private static String beginning(Path... messages) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : messages) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines.stream().limit(MOST_LINES).map(String::strip).collect(Collectors.joining(" | "));
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(scratch)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
