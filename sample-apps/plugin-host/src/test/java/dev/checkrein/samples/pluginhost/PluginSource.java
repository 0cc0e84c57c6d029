package dev.checkrein.samples.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A plugin made from source for one test. */
final class PluginSource {
    private static final String IMPORT = "import dev.checkrein.samples.pluginhost.api.Plugin;\n";

    private PluginSource() {}

    /**
     * Makes the directory of a plugin, with the class {@code TestPlugin} for its plugin class.
     *
     * @param body of {@code TestPlugin}
     * @param library classes that come along in a jar of their own
     */
    static Path install(Path plugins, String name, String body, String... library) throws IOException {
        Path directory = Files.createDirectories(plugins.resolve(name));
        Path work = Files.createDirectories(plugins.resolveSibling("work-" + name));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Path libraryClasses = compile(work.resolve("library"), List.of(), library);
        jar(directory.resolve("library.jar"), manifest, libraryClasses);
        String source = IMPORT + "public class TestPlugin implements Plugin {" + body + "}";
        Path ownClasses = compile(work.resolve("own"), List.of(libraryClasses), source);
        manifest.getMainAttributes().put(InstalledPlugin.PLUGIN_CLASS, "TestPlugin");
        jar(directory.resolve("plugin.jar"), manifest, ownClasses);
        return directory;
    }

    private static Path compile(Path directory, List<Path> classPath, String... sources) throws IOException {
        Files.createDirectories(directory);
        if (sources.length == 0) {
            return directory;
        }
        List<String> arguments = new ArrayList<>(List.of("-d", directory.toString(), "-cp"));
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        classPath.forEach(element -> path.append(File.pathSeparator).append(element));
        arguments.add(path.toString());
        for (String source : sources) {
            String className = source.replaceFirst("(?s).*?public class (\\w+).*", "$1");
            Path file = directory.resolve(className + ".java");
            arguments.add(Files.writeString(file, source).toString());
        }
        int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        assertThat(errors).as("errors in the source of the test plugin").isZero();
        return directory;
    }

    private static void jar(Path jar, Manifest manifest, Path classes) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path c :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(c).toString().replace(File.separatorChar, '/')));
                Files.copy(c, out);
            }
        }
    }
}
