package dev.checkrein.agent.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar: beside its place at first, and there only once it is whole, so that a failure leaves what was there. Entries
 * that come from a jar keep their times, comments and compression method.
 */
final class JarSink implements ClassSink {
    private final Path jar;
    private final Path unfinished;
    private final ZipOutputStream zip;

    JarSink(Path jar, Optional<String> comment) throws IOException {
        this.jar = jar.toAbsolutePath();
        Path folder = Files.createDirectories(this.jar.getParent());
        // Not a temporary file, which nobody but its owner might read.
        unfinished = folder.resolve(
                "." + jar.getFileName() + "." + ProcessHandle.current().pid() + ".unfinished");
        zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)));
        comment.ifPresent(zip::setComment);
    }

    @Override
    public void add(Entry entry) throws IOException {
        zip.putNextEntry(header(entry));
        zip.write(entry.bytes());
        zip.closeEntry();
    }

    private static ZipEntry header(Entry entry) {
        if (entry.header() == null) {
            ZipEntry fresh = new ZipEntry(entry.path());
            fresh.setLastModifiedTime(entry.modified());
            return fresh;
        }
        ZipEntry header = new ZipEntry(entry.header());
        // Even the same bytes may deflate to another size here, by another library or at another level.
        header.setCompressedSize(-1);
        CRC32 crc = new CRC32();
        crc.update(entry.bytes());
        header.setCrc(crc.getValue());
        header.setSize(entry.bytes().length);
        return header;
    }

    @Override
    public void complete() throws IOException {
        zip.close();
        try {
            Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            zip.close();
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
