package dev.checkrein.agent.start;

import dev.checkrein.agent.filter.MethodPattern;
import dev.checkrein.internal.cancel.CleanupTables;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where rewritten methods clean up, as the rewriter found it. Written while classes are rewritten, read when a thread is to
 * be cancelled. Does not keep class loaders alive, and calls no method of theirs. Thread-safe.
 */
final class RewrittenCleanup implements CleanupTables {
    private final Map<LoaderKey, Map<String, Map<String, int[]>>> byLoader = new ConcurrentHashMap<>();
    private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
    private final List<MethodPattern> shields;

    /** Without methods that shield. */
    RewrittenCleanup() {
        this(List.of());
    }

    /** @param shields methods that nothing may tear, whether they are rewritten or not */
    RewrittenCleanup(List<MethodPattern> shields) {
        this.shields = List.copyOf(shields);
    }

    /** @param methods see {@code Rewriting.cleanup} */
    void put(ClassLoader loader, String className, Map<String, int[]> methods) {
        for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
            byLoader.remove(key);
        }
        byLoader.computeIfAbsent(new LoaderKey(loader, gone), l -> new ConcurrentHashMap<>())
                .put(className, methods);
    }

    /** The class is not rewritten any more. */
    void remove(ClassLoader loader, String className) {
        Map<String, ?> classes = byLoader.get(new LoaderKey(loader, null));
        if (classes != null) {
            classes.remove(className);
        }
    }

    /** Not those that stayed as they were. */
    @Override
    public boolean know(Class<?> declaring) {
        Map<String, ?> classes = byLoader.get(new LoaderKey(declaring.getClassLoader(), null));
        return classes != null && classes.containsKey(declaring.getName());
    }

    @Override
    public boolean cover(Class<?> declaring, String method, String descriptor, int position) {
        Map<String, Map<String, int[]>> classes = byLoader.get(new LoaderKey(declaring.getClassLoader(), null));
        Map<String, int[]> methods = classes == null ? null : classes.get(declaring.getName());
        int[] regions = methods == null ? null : methods.get(method + descriptor);
        for (int i = 0; regions != null && i < regions.length; i += 2) {
            if (position >= regions[i] && position < regions[i + 1]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean shield(String className, String method) {
        for (int i = 0; i < shields.size(); i++) {
            if (shields.get(i).matches(className, method)) {
                return true;
            }
        }
        return false;
    }

    /** A class loader by identity: loaders may say that they equal one another. The boot loader's is never cleared. */
    private static final class LoaderKey extends WeakReference<ClassLoader> {
        private final boolean boot;
        private final int hash;

        LoaderKey(ClassLoader loader, ReferenceQueue<ClassLoader> gone) {
            super(loader, gone);
            boot = loader == null;
            hash = System.identityHashCode(loader);
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            if (!(other instanceof LoaderKey)) {
                return false;
            }
            LoaderKey that = (LoaderKey) other;
            ClassLoader loader = get();
            return boot ? that.boot : loader != null && loader == that.get();
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
