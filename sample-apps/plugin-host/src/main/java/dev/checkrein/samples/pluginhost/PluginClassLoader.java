package dev.checkrein.samples.pluginhost;

import dev.checkrein.samples.pluginhost.api.Plugin;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads the classes of one plugin, from its own jars first. It sees the JDK, and of the host the package of the plugin
 * interface and nothing else, so that a plugin may bring any version of any library. Thread-safe.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final String SHARED_PACKAGE = Plugin.class.getPackageName();

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader host;

    PluginClassLoader(String plugin, URL[] jars, ClassLoader host) {
        super("plugin-" + plugin, jars, getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (packageOf(name).equals(SHARED_PACKAGE)) {
            return host.loadClass(name);
        }
        if (name.startsWith("java.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : ownOrJdk(name, resolve);
        }
    }

    private Class<?> ownOrJdk(String name, boolean resolve) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notInTheJars) {
            return super.loadClass(name, resolve);
        }
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }
}
