package dev.checkrein.internal.cancel;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread on which timed things happen. Started when first needed, and gone again when there has been nothing
 * to wait for: a plugin's own copy of the runtime must not keep its class loader alive.
 */
public final class Watchdog {
    private static final long IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, this::thread);
    private final String name;

    /** @param name of the thread */
    public Watchdog(String name) {
        this.name = name;
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /**
     * Starts the thread now, by the agent, and keeps it. A thread holds the class loaders that were on the stack of whoever
     * created it (by its access control context, up to JDK 23): better the agent's than those of the first plugin.
     */
    void startForGood() {
        timer.allowCoreThreadTimeOut(false);
        timer.prestartCoreThread();
    }

    /** Does it after so many nanoseconds; one thing after another. */
    public Future<?> after(long nanos, Runnable action) {
        return timer.schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    private Thread thread(Runnable work) {
        return OwnThread.daemon(work, name);
    }
}
