package dev.checkrein.it.corpus;

import dev.checkrein.Checkrein;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Run in a child JVM: runs the {@code main} of another class, and leaves behind how many polls of each kind it executed. */
final class RunCounted {
    private RunCounted() {}

    public static void main(String[] args) throws Exception {
        Path counts = Path.of(args[0]);
        Class<?> program = Class.forName(args[1]);
        // The programs end the JVM themselves.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> write(counts)));
        program.getMethod("main", String[].class).invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
    }

    /** What it left behind. */
    static Checkrein.Polls read(Path counts) throws IOException {
        long[] byKind = Arrays.stream(Files.readString(counts).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Checkrein.Polls(byKind[0], byKind[1], byKind[2], byKind[3]);
    }

    private static void write(Path file) {
        try {
            Checkrein.Polls polls = Checkrein.status().executed();
            Files.writeString(
                    file, polls.loops() + " " + polls.entries() + " " + polls.allocations() + " " + polls.returns());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
