package dev.checkrein.agent.command;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Class loaders for every class in a jar or folder, those included that are not at its root, or that hide one another: a jar
 * may have a class once for each release of Java. Uses the JDK alone. Not thread-safe.
 */
final class VerifyingLoaders implements Closeable {
    private static final String CLASS_SUFFIX = ".class";
    private static final Pattern OF_RELEASE = Pattern.compile("(.*)META-INF/versions/(\\d+)/");

    /** The first release of which a jar may have classes of its own. */
    private static final int FIRST_RELEASE = 9;

    private final Path root;
    private final FileSystem jar;
    private final URL[] classPath;
    private final Map<String, Loader> loaders = new HashMap<>();

    private VerifyingLoaders(Path root, FileSystem jar, URL[] classPath) {
        this.root = root;
        this.jar = jar;
        this.classPath = classPath;
    }

    /** @param classPath where the other classes are; as for {@code java -cp}, and may be empty */
    static VerifyingLoaders of(Path jarOrFolder, String classPath) throws IOException {
        URL[] urls = urls(classPath);
        if (Files.isDirectory(jarOrFolder)) {
            return new VerifyingLoaders(jarOrFolder, null, urls);
        }
        FileSystem jar = FileSystems.newFileSystem(jarOrFolder);
        return new VerifyingLoaders(jar.getPath("/"), jar, urls);
    }

    private static URL[] urls(String classPath) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(new URL[0]);
    }

    /** Finds the class at this very path. */
    Class<?> find(String path, String className) throws ClassNotFoundException {
        String suffix = className.replace('.', '/') + CLASS_SUFFIX;
        if (!path.endsWith(suffix)) {
            throw new ClassNotFoundException("no class loader would look for " + className + " at " + path);
        }
        String folder = path.substring(0, path.length() - suffix.length());
        return loaders.computeIfAbsent(folder, key -> new Loader(searchPath(key)))
                .loadClass(className);
    }

    /** The folders that a class may be in, seen from one that is in this folder. */
    private List<Path> searchPath(String folder) {
        Matcher ofRelease = OF_RELEASE.matcher(folder);
        if (!ofRelease.matches()) {
            return List.of(root.resolve(folder));
        }
        String base = ofRelease.group(1);
        List<Path> path = new ArrayList<>();
        for (int release = Integer.parseInt(ofRelease.group(2)); release >= FIRST_RELEASE; release--) {
            Path versioned = root.resolve(base + "META-INF/versions/" + release);
            if (Files.isDirectory(versioned)) {
                path.add(versioned);
            }
        }
        path.add(root.resolve(base));
        return path;
    }

    @Override
    public void close() throws IOException {
        for (Loader loader : loaders.values()) {
            loader.close();
        }
        if (jar != null) {
            jar.close();
        }
    }

    /**
     * Looks in its folders before the class path, which may have the original of what is in them. Defines the classes of
     * both, so that they can share packages as on a class path.
     */
    private final class Loader extends URLClassLoader {
        private final List<Path> folders;

        Loader(List<Path> folders) {
            super(classPath, ClassLoader.getPlatformClassLoader());
            this.folders = folders;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                for (Path folder : folders) {
                    Path file = folder.resolve(name.replace('.', '/') + CLASS_SUFFIX);
                    if (Files.exists(file)) {
                        return define(name, file);
                    }
                }
                return super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name, Path file) throws ClassNotFoundException {
            try {
                byte[] classFile = Files.readAllBytes(file);
                return defineClass(name, classFile, 0, classFile.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
