package dev.checkrein.agent.command;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/** A folder and all below it, by name. */
final class FolderSource implements ClassSource {
    private final Path root;

    FolderSource(Path root) {
        this.root = root;
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            Iterator<Path> sorted =
                    walk.filter(path -> !path.equals(root)).sorted().iterator();
            while (sorted.hasNext()) {
                visitor.visit(entry(sorted.next()));
            }
        }
    }

    private Entry entry(Path file) throws IOException {
        String separator = root.getFileSystem().getSeparator();
        String path = root.relativize(file).toString().replace(separator, "/");
        boolean folder = Files.isDirectory(file);
        return new Entry(
                folder ? path + "/" : path,
                folder ? new byte[0] : Files.readAllBytes(file),
                Files.getLastModifiedTime(file),
                null);
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
