package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.CurrentEngine;
import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.pause.NoThreads;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Polls that do nothing until they are armed, as the agent brings them, without the agent: test code calls them by hand and
 * says for which class. Remembers what was armed.
 */
public final class RecordingPolls implements PollSwitch, AutoCloseable {
    private final CancelEngine engine = CancelEngine.withPolls(
            this,
            (type, method, descriptor, position) -> false,
            MonitorView.NONE,
            new NoThreads(),
            () -> Map.of("installed", true));
    private final IntConsumer slowPath = engine.slowPath();
    private final CurrentEngine current = CurrentEngine.is(engine);
    private final Set<String> armedLoops = new HashSet<>();
    private final Set<String> everArmedLoops = new HashSet<>();
    private final Set<String> armedEntries = new HashSet<>();
    private boolean allEntries;
    private boolean pending;
    private boolean returning;
    private int pulses;
    private long pendingSince;
    private long pendingNanos;

    /** What stands in the loops of a class. */
    public void pollInLoop(Class<?> in) {
        if (loopsAreArmed(in)) {
            slowPath.accept(PollCode.LOOP);
        }
    }

    /** What stands at the entries of its methods. */
    public void pollAtEntry(Class<?> in) {
        if (isPending() && entriesAreArmed(in)) {
            slowPath.accept(PollCode.ENTRY);
        }
    }

    /** What stands behind a call that may have blocked. */
    public void pollAtReturn() {
        if (isReturning()) {
            slowPath.accept(PollCode.RETURN);
        }
    }

    @Override
    public synchronized void pending(boolean value) {
        if (value == pending) {
            throw new AssertionError("written twice: " + value);
        }
        pending = value;
        long now = System.nanoTime();
        if (value) {
            pulses++;
            pendingSince = now;
        } else {
            pendingNanos += now - pendingSince;
        }
    }

    @Override
    public synchronized void returning(boolean value) {
        returning = value;
    }

    @Override
    public synchronized void armLoops(Set<String> classNames) {
        armedLoops.addAll(classNames);
        everArmedLoops.addAll(classNames);
    }

    @Override
    public synchronized void disarm() {
        armedLoops.clear();
    }

    @Override
    public synchronized void armEntries(Set<String> classNames) {
        armedEntries.addAll(classNames);
    }

    @Override
    public synchronized void armAllEntries() {
        allEntries = true;
    }

    public synchronized boolean loopsAreArmed(Class<?> in) {
        return armedLoops.contains(in.getName());
    }

    public synchronized boolean loopsWereArmed(Class<?> in) {
        return everArmedLoops.contains(in.getName());
    }

    public synchronized boolean entriesAreArmed(Class<?> in) {
        return allEntries || armedEntries.contains(in.getName());
    }

    public synchronized boolean allEntriesAreArmed() {
        return allEntries;
    }

    public synchronized boolean nothingIsArmed() {
        return armedLoops.isEmpty() && !pending && !returning;
    }

    public synchronized boolean isPending() {
        return pending;
    }

    public synchronized boolean isReturning() {
        return returning;
    }

    /** How often the flag has been raised. */
    public synchronized int pulses() {
        return pulses;
    }

    /** For how long, up to the last time it was lowered. */
    public synchronized long pendingNanos() {
        return pendingNanos;
    }

    @Override
    public void close() {
        current.restore();
    }
}
