package dev.checkrein.internal.pause;

/** A JVM whose threads a test does not pause. */
public final class NoThreads implements HostThreads {
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
}
