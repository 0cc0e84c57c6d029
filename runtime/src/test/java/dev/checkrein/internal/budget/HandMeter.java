package dev.checkrein.internal.budget;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Says what a test tells it to. */
final class HandMeter implements Meter {
    private final Map<Thread, Long> used = new ConcurrentHashMap<>();
    private volatile boolean full;

    /** Of the calling thread, {@link #UNKNOWN} included. */
    void set(long amount) {
        set(Thread.currentThread(), amount);
    }

    void set(Thread thread, long amount) {
        used.put(thread, amount);
    }

    /** There is no memory from now on. */
    void full() {
        full = true;
    }

    @Override
    public long read(Thread thread) {
        if (full) {
            throw new OutOfMemoryError("on purpose");
        }
        return used.getOrDefault(thread, 0L);
    }

    @Override
    public long most() {
        return 1;
    }

    @Override
    public long usual() {
        return 1;
    }

    @Override
    public String over(String scopeName, long amount, long limit) {
        if (full) {
            throw new OutOfMemoryError("on purpose");
        }
        return scopeName + ": " + amount + " of " + limit;
    }

    @Override
    public String over(String scopeName, long limit) {
        return scopeName + ": more than " + limit;
    }

    @Override
    public UnsupportedOperationException untold(String scopeName, Thread thread) {
        return new UnsupportedOperationException(scopeName + ": not told");
    }
}
