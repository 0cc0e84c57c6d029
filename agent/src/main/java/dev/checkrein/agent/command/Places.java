package dev.checkrein.agent.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** What the user may name as input and output, and what it then is. */
final class Places {
    private static final String JAR_SUFFIX = ".jar";

    private Places() {}

    /** The message says what is wrong with a place, and begins with it. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    static ClassSource source(String in) throws IOException, UnusableException {
        if (in.startsWith("jrt:")) {
            return modules(in);
        }
        Path path = path(in);
        if (Files.isDirectory(path)) {
            return new FolderSource(path);
        }
        if (!Files.exists(path)) {
            throw new UnusableException(in + " is not there. Valid: a jar, a folder, jrt:/MODULE, jrt:/");
        }
        try {
            return new JarSource(path);
        } catch (ZipException e) {
            throw new UnusableException(in + " is no jar (" + e.getMessage() + ")");
        }
    }

    private static ClassSource modules(String in) throws UnusableException {
        if (!in.startsWith(ModuleSource.SCHEME)) {
            throw new UnusableException(in + " is no address of a module. Valid: jrt:/MODULE, jrt:/");
        }
        return ModuleSource.open(in)
                .orElseThrow(() ->
                        new UnusableException(in + " is no module of this JDK. To see them: java --list-modules"));
    }

    private static Path path(String in) throws UnusableException {
        try {
            return Path.of(in);
        } catch (InvalidPathException e) {
            throw new UnusableException(in + " is no path (" + e.getReason() + ")");
        }
    }

    /** Refuses what would overwrite, or read again, what is being read or was there before. */
    static ClassSink sink(Path out, String in, ClassSource source) throws IOException, UnusableException {
        boolean jar = out.toString().endsWith(JAR_SUFFIX);
        if (!(source instanceof ModuleSource modules)) {
            requireApart(out, Path.of(in));
        } else if (jar && modules.isWholeJdk()) {
            throw new UnusableException(out + " cannot be a jar: all modules of a JDK need a folder each");
        }
        if (jar) {
            if (Files.isDirectory(out)) {
                throw new UnusableException(out + " is a folder, but its name is that of a jar");
            }
            return new JarSink(out, source.comment());
        }
        if (Files.exists(out) && !isEmptyFolder(out)) {
            throw new UnusableException(out + " is there and not an empty folder. Name one that is new");
        }
        return new FolderSink(out);
    }

    private static void requireApart(Path out, Path in) throws IOException, UnusableException {
        Path realIn = in.toRealPath();
        Path realOut =
                Files.exists(out) ? out.toRealPath() : out.toAbsolutePath().normalize();
        if (realOut.equals(realIn)) {
            throw new UnusableException(out + " is what --in names. Name another place");
        }
        if (realOut.startsWith(realIn)) {
            throw new UnusableException(out + " is inside what --in names. Name a place outside");
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> children = Files.list(path)) {
            return children.findAny().isEmpty();
        }
    }
}
