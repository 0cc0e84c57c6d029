package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;

/** A host, and a plugin in a child-first class loader that carries a copy of the runtime of its own. */
public final class TwoCopies {
    private TwoCopies() {}

    public static void main(String[] args) throws Exception {
        try (ChildFirst loader = new ChildFirst()) {
            Class<?> type = loader.loadClass("dev.checkrein.it.programs.TwoCopiesPlugin");
            Runnable plugin = (Runnable) type.getDeclaredConstructor().newInstance();
            System.out.println("two copies: " + (type.getMethod("api").invoke(plugin) != CancellationScope.class));
            plugin.run();
            try {
                CancellationScope.named("host")
                        .withDeadline(Duration.ofMillis(200))
                        .run((Runnable) type.getMethod("endless").invoke(plugin));
            } catch (TimeoutException e) {
                System.out.println("host: " + e.getMessage());
                System.out.println("error of the host's copy: "
                        + (e.getCause().getClass().getClassLoader() == TwoCopies.class.getClassLoader()));
            }
        }
    }

    private static final class ChildFirst extends URLClassLoader {
        ChildFirst() {
            super(classPath(), TwoCopies.class.getClassLoader());
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(ChildFirst::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("dev.checkrein.")) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }

        @Override
        public void close() throws IOException {
            super.close();
        }
    }
}
