package dev.checkrein.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar stays the jar it was, apart from its classes. */
class InstrumentJarTest {
    private static final FileTime SOME_DAY = FileTime.fromMillis(1_500_000_000_000L);

    @TempDir
    Path folder;

    @Test
    void keepsWhatIsNoClass() throws IOException {
        Path in = jar(zip -> {
            stored(zip, "z.txt", "first");
            deflated(zip, "empty/", new byte[0]);
            deflated(zip, Samples.POLLED_PATH, Samples.polled());
            deflated(zip, "a.txt", "last".getBytes(StandardCharsets.UTF_8));
            zip.setComment("of the jar");
        });
        Path out = instrument(in);
        try (ZipFile before = new ZipFile(in.toFile());
                ZipFile after = new ZipFile(out.toFile())) {
            assertThat(after.getComment()).isEqualTo("of the jar");
            for (ZipEntry entry : Collections.list(before.entries())) {
                ZipEntry copy = after.getEntry(entry.getName());
                assertThat(copy.getMethod()).isEqualTo(entry.getMethod());
                assertThat(copy.getLastModifiedTime()).isEqualTo(entry.getLastModifiedTime());
            }
        }
        assertThat(names(out)).containsExactlyElementsOf(names(in));
        assertThat(content(out, "z.txt")).isEqualTo(content(in, "z.txt"));
        assertThat(content(out, "a.txt")).isEqualTo(content(in, "a.txt"));
        assertThat(content(out, Samples.POLLED_PATH)).isNotEqualTo(Samples.polled());
    }

    @Test
    void takesTheSignatureOffAndSaysSo() throws IOException {
        String manifest = "Manifest-Version: 1.0\nMain-Class: a.B\n\nName: a/B.class\nSHA-256-Digest: eA==\n\n"
                + "Name: a/C.class\nSHA-256-Digest: eA==\nColour: blue\n\n";
        Path in = jar(zip -> {
            deflated(zip, "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
            deflated(zip, "META-INF/ACME.SF", new byte[1]);
            deflated(zip, "META-INF/acme.rsa", new byte[1]);
            deflated(zip, "META-INF/sub/KEPT.SF", new byte[1]);
            deflated(zip, Samples.POLLED_PATH, Samples.polled());
        });
        Path out = folder.resolve("out.jar");
        CommandRun run = CommandRun.of("instrument", "--in", in, "--out", out);
        assertThat(run.out())
                .contains("signature removed, since the jar no longer is what was signed:"
                        + " META-INF/ACME.SF, META-INF/acme.rsa");
        assertThat(names(out)).containsExactly("META-INF/MANIFEST.MF", "META-INF/sub/KEPT.SF", Samples.POLLED_PATH);
        try (JarFile jar = new JarFile(out.toFile())) {
            Manifest kept = jar.getManifest();
            assertThat(kept.getMainAttributes().getValue("Main-Class")).isEqualTo("a.B");
            assertThat(kept.getEntries()).containsOnlyKeys("a/C.class");
            assertThat(kept.getAttributes("a/C.class")).hasSize(1);
        }
    }

    @Test
    void keepsTheManifestOfAnUnsignedJarByteForByte() throws IOException {
        byte[] odd = "Manifest-Version: 1.0\nName-Digest: kept\n\n".getBytes(StandardCharsets.UTF_8);
        Path in = jar(zip -> deflated(zip, "META-INF/MANIFEST.MF", odd));
        assertThat(content(instrument(in), "META-INF/MANIFEST.MF")).isEqualTo(odd);
    }

    @Test
    void rewritesTheClassesOfEveryRelease() throws IOException {
        String versioned = "META-INF/versions/11/" + Samples.POLLED_PATH;
        Path in = jar(zip -> {
            deflated(zip, Samples.POLLED_PATH, Samples.polled());
            deflated(zip, versioned, Samples.polled());
        });
        Path out = instrument(in);
        assertThat(content(out, versioned)).isEqualTo(content(out, Samples.POLLED_PATH));
        assertThat(content(out, versioned)).isNotEqualTo(Samples.polled());
    }

    @Test
    void copiesWhatItCannotRewriteAndSaysSo() throws IOException {
        byte[] nested = {1, 2, 3};
        Path in = jar(zip -> {
            deflated(zip, "lib/nested.jar", nested);
            deflated(zip, "Broken.class", Samples.malformed());
            deflated(zip, "module-info.class", nested);
        });
        Path out = folder.resolve("out.jar");
        CommandRun run = CommandRun.of("instrument", "--in", in, "--out", out);
        assertThat(run.exitCode()).isEqualTo(CommandLineMain.FINE);
        assertThat(run.out())
                .contains("classes: 1 read, 0 rewritten, 0 unchanged, 1 left alone")
                .contains("left alone: lib/nested.jar: an archive inside the input: rewrite it by itself")
                .anyMatch(line -> line.startsWith("left alone: Broken.class: not a class file that could be read"));
        assertThat(content(out, "lib/nested.jar")).isEqualTo(nested);
        assertThat(content(out, "Broken.class")).isEqualTo(Samples.malformed());
        assertThat(content(out, "module-info.class")).isEqualTo(nested);
    }

    @Test
    void writesNothingOutsideItsFolder() throws IOException {
        Path in = jar(zip -> deflated(zip, "../../outside.txt", new byte[1]));
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of("instrument", "--in", in, "--out", out);
        assertThat(run.exitCode()).isEqualTo(CommandLineMain.FAILED);
        assertThat(run.err()).singleElement().asString().contains("../../outside.txt would be written outside");
    }

    @Test
    void neverLeavesHalfAJar() throws IOException {
        Path jar = Files.writeString(folder.resolve("old.jar"), "what was there");
        Path unfinished;
        try (JarSink sink = new JarSink(jar, Optional.empty())) {
            sink.add(new Entry("a.txt", new byte[1], SOME_DAY, null));
            unfinished = onlyOther(jar);
        }
        assertThat(jar).hasContent("what was there");
        assertThat(unfinished).doesNotExist();
    }

    private Path onlyOther(Path jar) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.equals(jar)).findFirst().orElseThrow();
        }
    }

    private Path instrument(Path in) {
        Path out = folder.resolve("out.jar");
        CommandRun run = CommandRun.of("instrument", "--in", in, "--out", out);
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(CommandLineMain.FINE);
        assertThat(run.err()).isEmpty();
        return out;
    }

    private interface Content {
        void write(ZipOutputStream zip) throws IOException;
    }

    private Path jar(Content content) throws IOException {
        Path jar = folder.resolve("in.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            content.write(zip);
        }
        return jar;
    }

    private static void deflated(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(SOME_DAY);
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private static void stored(ZipOutputStream zip, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setCrc(crc.getValue());
        entry.setTime(SOME_DAY.toMillis());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private static List<String> names(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private static byte[] content(Path jar, String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }
}
