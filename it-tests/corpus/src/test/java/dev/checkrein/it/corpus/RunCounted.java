package dev.checkrein.it.corpus;

import dev.checkrein.Checkrein;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Run in a child JVM: runs the {@code main} of another class, and leaves behind how many polls it executed. */
final class RunCounted {
    private RunCounted() {}

    public static void main(String[] args) throws Exception {
        Path counts = Path.of(args[0]);
        Class<?> program = Class.forName(args[1]);
        // The programs end the JVM themselves.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> write(counts)));
        program.getMethod("main", String[].class).invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, String.valueOf(Checkrein.status().executed().total()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
