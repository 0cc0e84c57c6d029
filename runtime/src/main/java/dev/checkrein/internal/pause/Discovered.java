package dev.checkrein.internal.pause;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * All threads of a JVM in which an agent has had the application's code poll.
 *
 * <p>A thread is outside when it waits or is blocked, whatever for and whoever called: behind every call that may block there is a
 * poll, and where one is blocked in a call that the agent's table does not name, it is for a lock whose owner stands still or is
 * outside itself. For that to be true, the last look must begin after the last arrival, which the {@link Coordinator} sees to.
 *
 * <p>A thread that is RUNNABLE may as well be in native code, and outside if there is a poll behind the call that led there. That
 * needs a look at its stack, which is dear; but a thread that has not been on a processor since is still where it was.
 */
public final class Discovered implements Population {
    /** How many stacks are looked at in the first turn; twice as many in each later one. */
    private static final int STACKS = 8;

    /** A thread is late that has burnt this much of its own time since the first turn it was seen in. */
    private static final long LATE_NANOS = 300_000;

    /** From this turn on, after 5 ms, compiled code that reads no flag is thrown away. */
    private static final int TURN_OF_LOOKING_ANEW = 4;

    /**
     * From this turn on, after 20 ms, a thread that is RUNNABLE but on no processor is taken for one that waits for a class which
     * another is initialising.
     */
    private static final int TURN_OF_INITIALISERS = 6;

    private static final int FIRST = 0;
    private static final int LAST = 1;

    private final HostThreads host;
    private final Arming arming;
    private CpuClock cpu;
    private int stacksLeft;

    /** The own time of threads as of when they were last seen in native code. By identity of the key, as threads have it. */
    private final Map<Thread, Long> inNative = new WeakHashMap<>();

    /** The own time of threads that are waited for, as of when they first were, and as of the last turn. */
    private final Map<Thread, long[]> waitedFor = new IdentityHashMap<>();

    private boolean armed;

    public Discovered(HostThreads host, Arming arming) {
        this.host = host;
        this.arming = arming;
    }

    @Override
    public void prepare() {
        if (cpu == null) {
            cpu = new CpuClock();
        }
        host.prepare();
        arming.armEntries();
    }

    @Override
    public List<Thread> running(Round round, int turn) {
        Set<Thread> arrived = round.arrivedThreads();
        List<Thread> running = new ArrayList<>();
        stacksLeft = STACKS << Math.min(turn, 10);
        for (Thread thread : host.live()) {
            if (thread.getState() == Thread.State.RUNNABLE
                    && !arrived.contains(thread)
                    && !arming.isOwn(thread)
                    && !host.isCarrier(thread)
                    && round.wants(thread)
                    && !isInNative(thread)) {
                running.add(thread);
            }
        }
        return running;
    }

    @Override
    public List<Thread> all() {
        return Stream.of(host.live())
                .filter(thread -> !arming.isOwn(thread) && !host.isCarrier(thread))
                .toList();
    }

    private boolean isInNative(Thread thread) {
        Long then = inNative.get(thread);
        long now = cpu.nanos(thread);
        if (then != null && then == now && now != CpuClock.UNKNOWN) {
            return true;
        }
        if (then == null && !isSuspect(waitedFor.get(thread), now) || stacksLeft-- <= 0) {
            return false;
        }
        boolean outside = isOutside(thread.getStackTrace());
        if (outside && now == cpu.nanos(thread)) {
            inNative.put(thread, now);
        } else {
            inNative.remove(thread);
        }
        return outside;
    }

    /** Whether a thread that was running in the turn before may be in native code: it was on no processor, or too long. */
    private static boolean isSuspect(long[] times, long now) {
        return times != null && (now == times[LAST] || now - times[FIRST] >= LATE_NANOS);
    }

    /** Whether a thread with this stack, which is RUNNABLE, polls before it does anything. */
    private boolean isOutside(StackTraceElement[] stack) {
        if (stack.length > 0 && !stack[0].isNativeMethod()) {
            return false;
        }
        for (int i = 0; i < stack.length; i++) {
            if (host.isRewritten(stack[i].getClassName())) {
                return i > 0 && isPolledBehind(stack[i - 1]);
            }
        }
        return true; // comes into such code by an entry at most
    }

    /** What an instruction leads to that is no call has no poll behind it: the JVM loads or initialises a class there. */
    private boolean isPolledBehind(StackTraceElement callee) {
        return !callee.getMethodName().equals("<clinit>")
                && !callee.getMethodName().equals("loadClass")
                && host.isPolledBehind(callee.getClassName(), callee.getMethodName());
    }

    @Override
    public void hurry(Round round, List<Thread> running, int turn) {
        List<Thread> late = new ArrayList<>();
        boolean stuck = false;
        for (Thread thread : running) {
            long now = cpu.nanos(thread);
            long[] times = waitedFor.get(thread);
            if (times == null) {
                waitedFor.put(thread, new long[] {now, now});
                continue;
            }
            if (now == CpuClock.UNKNOWN || now - times[FIRST] >= LATE_NANOS) {
                late.add(thread);
            }
            stuck |= now == times[LAST] && now != CpuClock.UNKNOWN;
            times[LAST] = now;
        }
        if (stuck && turn >= TURN_OF_INITIALISERS) {
            round.letInitialisersRun();
        } else {
            round.stopInitialisers();
        }
        if (!late.isEmpty()) {
            armed = true;
            arming.arm(late, turn >= TURN_OF_LOOKING_ANEW);
        }
    }

    @Override
    public boolean containsCaller() {
        return true;
    }

    /** It waits, which can be seen. */
    @Override
    public void callerWaits(boolean value) {}

    /** The round is over. */
    @Override
    public void over() {
        if (armed) {
            armed = false;
            arming.settle();
        }
        waitedFor.clear();
    }
}
