package dev.checkrein.agent.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The entries of a jar, without its signature. */
final class JarSource implements ClassSource {
    private final ZipFile zip;
    private final List<? extends ZipEntry> entries;
    private final List<String> signatures;

    JarSource(Path jar) throws IOException {
        zip = new ZipFile(jar.toFile());
        entries = Collections.list(zip.entries());
        signatures = entries.stream()
                .map(ZipEntry::getName)
                .filter(JarSignature::isPart)
                .toList();
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        Set<String> seen = new HashSet<>();
        for (ZipEntry header : entries) {
            String path = header.getName();
            if (!seen.add(path)) {
                throw new IOException(zip.getName() + " has two entries " + path + ": a jar can have each only once");
            }
            if (!JarSignature.isPart(path)) {
                visitor.visit(new Entry(path, read(header), header.getLastModifiedTime(), header));
            }
        }
    }

    private byte[] read(ZipEntry header) throws IOException {
        try (InputStream in = zip.getInputStream(header)) {
            byte[] bytes = in.readAllBytes();
            boolean signedManifest = !signatures.isEmpty() && header.getName().equals(JarSignature.MANIFEST);
            return signedManifest ? JarSignature.withoutDigests(bytes) : bytes;
        }
    }

    @Override
    public List<String> signatures() {
        return signatures;
    }

    @Override
    public Optional<String> comment() {
        return Optional.ofNullable(zip.getComment());
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
