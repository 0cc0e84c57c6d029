package dev.checkrein.it.harness;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build has put what is tested. */
public final class Products {
    private Products() {}

    /** The project's folder. */
    public static Path root() {
        String root = System.getProperty("it.root");
        if (root != null) {
            return Path.of(root);
        }
        // In an IDE: the folder above this module that has the wrapper in it.
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** The jar for {@code -javaagent}. */
    public static Path agentJar() {
        return built("agent/target/checkrein-agent.jar");
    }

    /** The API. */
    public static Path runtimeJar() {
        return built("runtime/target/checkrein-runtime.jar");
    }

    /** Something in the project's folder that the build makes. */
    public static Path built(String path) {
        Path file = root().resolve(path);
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is not there: build with ./mvnw package first");
        }
        return file;
    }

    /** The folder or jar that a class was loaded from. */
    public static Path classPathEntryOf(Class<?> c) {
        try {
            return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
