package dev.checkrein.it.benchmarks.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program that does the same work each time. An instance is for one thread at a time, and works in a folder of its own. */
public interface Program {
    /**
     * Does its work once.
     *
     * @throws IllegalStateException if the program did not do what it should
     */
    void run() throws Exception;

    /** A file beside these classes. */
    static String resource(String name) {
        try (InputStream in = Program.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files below a folder with this ending, in order. */
    static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** Fails with what the program has printed unless the condition holds. */
    static void check(boolean condition, Object printed) {
        if (!condition) {
            throw new IllegalStateException("the program failed: " + printed);
        }
    }
}
