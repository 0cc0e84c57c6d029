package dev.checkrein.samples.pluginhost;

import dev.checkrein.samples.pluginhost.api.Plugin;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A directory of jars, one of which names the plugin's class in its manifest. Loaded when first asked for, and anew, by
 * another class loader, after it was discarded. Thread-safe.
 */
final class InstalledPlugin {
    static final Attributes.Name PLUGIN_CLASS = new Attributes.Name("Plugin-Class");

    private final Path directory;
    private Plugin loaded;

    InstalledPlugin(Path directory) {
        this.directory = directory;
    }

    String name() {
        return directory.getFileName().toString();
    }

    /** @throws PluginFailedToLoadException if that is not possible */
    synchronized Plugin load() {
        if (loaded == null) {
            loaded = newInstance();
        }
        return loaded;
    }

    /**
     * Forgets the plugin if it is still this one. Its class loader is not closed, since calls that are in it might need
     * more classes; the garbage collector closes it after the last of them.
     */
    synchronized void discard(Plugin plugin) {
        if (loaded == plugin) {
            loaded = null;
        }
    }

    private Plugin newInstance() {
        try {
            List<Path> jars = jars();
            ClassLoader loader = new PluginClassLoader(name(), urls(jars), Plugin.class.getClassLoader());
            return loader.loadClass(pluginClass(jars))
                    .asSubclass(Plugin.class)
                    .getConstructor()
                    .newInstance();
        } catch (IOException | ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new PluginFailedToLoadException("plugin " + name() + " cannot be loaded: " + e, e);
        }
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static URL[] urls(List<Path> jars) throws IOException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }

    private String pluginClass(List<Path> jars) throws IOException {
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                Manifest manifest = file.getManifest();
                String name =
                        manifest == null ? null : manifest.getMainAttributes().getValue(PLUGIN_CLASS);
                if (name != null) {
                    return name;
                }
            }
        }
        throw new PluginFailedToLoadException(
                "plugin " + name() + " has no jar with " + PLUGIN_CLASS + " in its manifest in " + directory, null);
    }
}
