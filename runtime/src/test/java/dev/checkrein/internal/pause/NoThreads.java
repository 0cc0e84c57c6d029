package dev.checkrein.internal.pause;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A JVM whose threads a test does not pause. */
public class NoThreads implements HostThreads {
    @Override
    public void prepare() {}

    @Override
    public Thread[] live() {
        return new Thread[0];
    }

    @Override
    public boolean isRewritten(String className) {
        return false;
    }

    @Override
    public boolean isPolledBehind(String className, String method) {
        return false;
    }

    @Override
    public List<Thread> all() {
        return List.of();
    }

    @Override
    public BooleanSupplier workOf(Thread thread) {
        return null;
    }

    @Override
    public Set<String> classNamesOf(ClassLoader loader) {
        return Set.of();
    }

    @Override
    public boolean areDefinedElsewhere(Set<String> classNames, ClassLoader loader) {
        return false;
    }
}
