package dev.checkrein.agent.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes into a folder, which is made if it is not there. */
final class FolderSink implements ClassSink {
    private final Path root;

    FolderSink(Path root) throws IOException {
        this.root = Files.createDirectories(root).toRealPath();
    }

    @Override
    public void add(Entry entry) throws IOException {
        Path file = root.resolve(entry.path()).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("the entry " + entry.path() + " would be written outside " + root);
        }
        if (entry.isFolder()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        Files.write(file, entry.bytes());
        Files.setLastModifiedTime(file, entry.modified());
    }

    @Override
    public void complete() {
        // Every file is where it belongs already.
    }

    @Override
    public void close() {
        // As above.
    }
}
