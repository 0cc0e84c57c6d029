package dev.checkrein.it.corpus;

import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Class files to try the rewriter on.
 *
 * @param name for the table
 * @param modules class files by name, such as {@code java/util/Map.class}, by the module they are in; a jar has one, without
 *     a name
 */
record Corpus(String name, Map<String, Map<String, byte[]>> modules) {
    private static final Path FOLDER = Products.root().resolve("it-tests/corpus/target/corpora");

    /** The folder that the build has put the jars in, and that results go to. */
    static Path folder() {
        return FOLDER;
    }

    /** Those that the build has fetched. */
    static List<Path> jars(String size) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(size))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What classes of the corpora refer to. */
    static Path[] libraries() {
        Path folder = FOLDER.resolve("libraries");
        return Files.isDirectory(folder) ? jars("libraries").toArray(new Path[0]) : new Path[0];
    }

    static Path jar(String size, String name) {
        return jars(size).stream()
                .filter(jar -> jar.getFileName().toString().startsWith(name + "-"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in " + FOLDER.resolve(size)));
    }

    static Corpus of(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            String name = jar.getFileName().toString().replace(".jar", "");
            return new Corpus(name, Map.of("", classFiles(files.getPath("/"))));
        }
    }

    static Corpus of(Jdk jdk) throws IOException {
        URI image = URI.create("jrt:/");
        Map<String, Map<String, byte[]>> modules = new TreeMap<>();
        try (FileSystem files = FileSystems.newFileSystem(
                        image, Map.of("java.home", jdk.home().toString()));
                Stream<Path> folders = Files.list(files.getPath("/modules"))) {
            for (Path folder : folders.toList()) {
                modules.put(folder.getFileName().toString(), classFiles(folder));
            }
        }
        return new Corpus("jdk-" + jdk.feature(), modules);
    }

    private static Map<String, byte[]> classFiles(Path root) throws IOException {
        Map<String, byte[]> classFiles = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                classFiles.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return classFiles;
    }
}
