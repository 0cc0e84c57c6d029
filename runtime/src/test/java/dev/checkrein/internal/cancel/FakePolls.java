package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.CurrentEngine;
import dev.checkrein.internal.pause.HostThreads;
import dev.checkrein.internal.pause.NoThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * What the agent brings, without the agent: a flag, the engine behind it, and a poll that test code calls by hand where
 * rewritten code would. The flag is up as long as anything is requested, as for polls at returns: no pulses. It is in the runtime's package so that it looks to {@link Shields} like the stub: not there.
 */
public final class FakePolls implements AutoCloseable {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // about to overflow, as nanoTime may
    private final List<Boolean> flagHistory = new ArrayList<>();
    private final CancelEngine engine;
    private final IntConsumer slowPath;
    private final CurrentEngine current;
    private volatile boolean pending;
    private volatile boolean flagPolls;

    public FakePolls() {
        this(new NoThreads());
    }

    public FakePolls(HostThreads host) {
        engine = CancelEngine.withPolls(
                new PollSwitch() {
                    @Override
                    public void pending(boolean value) {}

                    @Override
                    public void returning(boolean value) {
                        set(value);
                    }
                },
                new NamedCleanup(),
                MonitorView.NONE,
                host,
                () -> Map.of("installed", true),
                nanos::get);
        slowPath = engine.slowPath();
        current = CurrentEngine.is(engine);
    }

    /** Methods say by their names whether they clean up, and whether nothing may tear them. */
    private static final class NamedCleanup implements CleanupTables {
        @Override
        public boolean cover(Class<?> declaring, String method, String descriptor, int position) {
            return method.startsWith("cleanUp");
        }

        @Override
        public boolean shield(String className, String method) {
            return method.startsWith("shielded");
        }
    }

    private void set(boolean value) {
        synchronized (flagHistory) {
            flagHistory.add(value);
            pending = value;
        }
        if (flagPolls) {
            slowPath.accept(0);
        }
    }

    /** What stands in rewritten code. */
    public void poll() {
        if (pending) {
            slowPath.accept(0);
        }
    }

    /** A poll in the form of a function, to be called by the JDK without any application code in between. */
    public String pollAndReturn(String value) {
        poll();
        return value;
    }

    /** As if the flag were set by somebody else's request. */
    public void pollSlowly() {
        slowPath.accept(0);
    }

    /** As if the code that sets the flag had been rewritten too. */
    public void pollWhereTheFlagIsSet() {
        flagPolls = true;
    }

    public CancelEngine engine() {
        return engine;
    }

    public void advanceClock(long time, TimeUnit unit) {
        nanos.addAndGet(unit.toNanos(time));
    }

    public boolean pending() {
        return pending;
    }

    /** All values the flag was given, in order. */
    public List<Boolean> flagHistory() {
        synchronized (flagHistory) {
            return List.copyOf(flagHistory);
        }
    }

    @Override
    public void close() {
        current.restore();
    }
}
