package dev.checkrein.agent.start;

import dev.checkrein.internal.cancel.CleanupTables;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where rewritten methods clean up, as the rewriter found it. Written while classes are rewritten, read when a thread is to
 * be cancelled. Does not keep class loaders alive. Thread-safe.
 */
final class RewrittenCleanup implements CleanupTables {
    private final Map<ClassLoader, Map<String, Map<String, int[]>>> byLoader = new WeakHashMap<>();
    private final Map<String, Map<String, int[]>> ofBootLoader = new ConcurrentHashMap<>();

    /** @param methods see {@code Rewriting.cleanup} */
    void put(ClassLoader loader, String className, Map<String, int[]> methods) {
        if (methods.isEmpty()) {
            // The class may have been rewritten before, from other bytes.
            classesOf(loader).remove(className);
        } else {
            classesOf(loader).put(className, methods);
        }
    }

    @Override
    public boolean cover(Class<?> declaring, String method, String descriptor, int position) {
        Map<String, int[]> methods = classesOf(declaring.getClassLoader()).get(declaring.getName());
        int[] regions = methods == null ? null : methods.get(method + descriptor);
        for (int i = 0; regions != null && i < regions.length; i += 2) {
            if (position >= regions[i] && position < regions[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private Map<String, Map<String, int[]>> classesOf(ClassLoader loader) {
        if (loader == null) {
            return ofBootLoader;
        }
        synchronized (byLoader) {
            return byLoader.computeIfAbsent(loader, l -> new ConcurrentHashMap<>());
        }
    }
}
