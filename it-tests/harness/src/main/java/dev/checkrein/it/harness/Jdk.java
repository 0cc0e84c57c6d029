package dev.checkrein.it.harness;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param home its folder, without links
 * @param feature its feature version, such as 17
 */
public record Jdk(Path home, int feature) {
    /** The oldest one that Checkrein runs on. */
    private static final int OLDEST = 17;

    /** Where installers put JDKs: on Linux, macOS, Windows, and by SDKMAN and IntelliJ in the user's home. */
    private static final List<String> USUAL_FOLDERS = List.of(
            "/usr/lib/jvm",
            "/usr/java",
            "/opt/java",
            "/opt/jdk",
            "/Library/Java/JavaVirtualMachines",
            "C:/Program Files/Java",
            "C:/Program Files/Eclipse Adoptium",
            System.getProperty("user.home") + "/.sdkman/candidates/java",
            System.getProperty("user.home") + "/.jdks");

    /** Every one that can be found, oldest first: the build's own, those of {@code JAVA_HOME_…}, and the usual folders. */
    public static List<Jdk> all() {
        Map<Path, Jdk> found = new LinkedHashMap<>();
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(e -> e.getKey().equals("JAVA_HOME") || e.getKey().startsWith("JAVA_HOME_"))
                .map(e -> Path.of(e.getValue()));
        Stream<Path> installed =
                USUAL_FOLDERS.stream().map(Path::of).filter(Files::isDirectory).flatMap(Jdk::childrenOf);
        Stream.of(Stream.of(Path.of(System.getProperty("java.home"))), named, installed)
                .flatMap(homes -> homes)
                .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
                .map(Jdk::at)
                .flatMap(Optional::stream)
                .forEach(jdk -> found.putIfAbsent(jdk.home, jdk));
        return found.values().stream()
                .sorted(Comparator.comparing(Jdk::feature))
                .toList();
    }

    private static Stream<Path> childrenOf(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isRegularFile(home.resolve("lib/modules"))) {
            return Optional.empty();
        }
        try (Reader reader = Files.newBufferedReader(release)) {
            Properties properties = new Properties();
            properties.load(reader);
            String version = properties.getProperty("JAVA_VERSION").replace("\"", "");
            int feature = Runtime.Version.parse(version).feature();
            return feature < OLDEST ? Optional.empty() : Optional.of(new Jdk(home.toRealPath(), feature));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program in its {@code bin} folder. */
    public Path program(String name) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return home.resolve("bin").resolve(windows ? name + ".exe" : name);
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
