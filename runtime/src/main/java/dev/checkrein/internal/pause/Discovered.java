package dev.checkrein.internal.pause;

import dev.checkrein.internal.jvm.ThreadManagement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * All threads of a JVM in which an agent has had the application's code poll.
 *
 * <p>A thread is outside when it waits: behind every call that may wait there is a poll. One that is blocked by a monitor is if the
 * owner stands still, or if its stack shows that there is a poll behind; the table of calls that may block does not name them all. It
 * may have been given the monitor already: until it is on a processor it looks as before.
 *
 * <p>A thread that is RUNNABLE may as well be in native code, and outside if there is a poll behind the call that led there. That
 * needs a look at its stack, which is dear; but a thread that has not been on a processor since is still where it was.
 *
 * <p>One that a debugger has suspended does nothing until that lets it go. It counts as outside when its code has been made to poll,
 * so that it does not get far then.
 */
public final class Discovered implements Population {
    /** How many stacks are looked at in the first turn; twice as many in each later one. */
    private static final int STACKS = 8;

    /**
     * A thread is late that has burnt this much of its own time since the first turn it was seen in. Less than the time until the
     * second turn, so that one which has had a processor all the while is late then.
     */
    private static final long LATE_NANOS = 200_000;

    /**
     * It is in compiled code that reads no flag if it has burnt this much since its code was made to poll. That code is thrown away
     * then, which costs the whole JVM tens of milliseconds and the application some of its best code.
     */
    private static final long LOOKING_ANEW_NANOS = 5_000_000;

    /**
     * From this turn on, after 20 ms, a thread that is RUNNABLE but on no processor is taken for one that waits for a class which
     * another is initialising.
     */
    private static final int TURN_OF_INITIALISERS = 6;

    /** From this turn on it is asked whether a debugger has suspended it. */
    private static final int TURN_OF_DEBUGGERS = 6;

    /**
     * Until this turn, 20 ms, a thread that is blocked without a poll behind is waited for where the monitor's owner is elsewhere than at
     * a poll. After it the owner holds it for long, and the code of the thread has been made to poll.
     */
    private static final int TURN_OF_STANDING_OWNERS = 6;

    private static final int FIRST = 0;
    private static final int LAST = 1;

    /** As of when its code had been made to poll; or {@link #NOT_YET}. */
    private static final int ARMED = 2;

    private static final long NOT_YET = Long.MIN_VALUE;

    private final HostThreads host;
    private final Arming arming;
    private ThreadManagement management;
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
        if (management == null) {
            management = new ThreadManagement();
        }
        host.prepare();
        arming.armEntries();
    }

    @Override
    public List<Thread> running(Round round, int turn) {
        Set<Thread> arrived = round.arrivedThreads();
        List<Thread> running = new ArrayList<>();
        List<Thread> blocked = new ArrayList<>();
        stacksLeft = STACKS << Math.min(turn, 10);
        for (Thread thread : host.live()) {
            Thread.State state = thread.getState();
            if ((state == Thread.State.RUNNABLE || state == Thread.State.BLOCKED)
                    && !arrived.contains(thread)
                    && !arming.isOwn(thread)
                    && !VirtualThreads.areServedBy(thread)
                    && round.wants(thread)) {
                if (state == Thread.State.BLOCKED) {
                    blocked.add(thread);
                } else if (!isInNative(thread) && !isSuspended(thread)) {
                    running.add(thread);
                }
            }
        }
        if (!blocked.isEmpty()) {
            addThoseThatMayGoOn(running, blocked, arrived, turn);
        }
        return running;
    }

    /**
     * Of threads that are blocked: each that may get its monitor while the round holds, or has just been given it, and then comes back to
     * code with no poll behind the call.
     */
    @SuppressWarnings("deprecation") // threadId() is there from 19 on
    private void addThoseThatMayGoOn(List<Thread> running, List<Thread> blocked, Set<Thread> arrived, int turn) {
        Set<Long> standing = new HashSet<>();
        arrived.forEach(thread -> standing.add(thread.getId()));
        ThreadManagement.Monitor[] monitors = management.monitorsOf(blocked);
        for (int i = 0; i < monitors.length; i++) {
            Thread thread = blocked.get(i);
            if (!standing.contains(monitors[i].owner())
                    && !(turn >= TURN_OF_STANDING_OWNERS && isArmed(thread))
                    && (monitors[i].mayBeOfClass() // which no poll follows
                            || !(stacksLeft-- > 0 && isPolledWhenBack(thread.getStackTrace())))) {
                running.add(thread);
            }
        }
    }

    /** Whether what it runs has been made to poll for the round. */
    private boolean isArmed(Thread thread) {
        long[] times = waitedFor.get(thread);
        return times != null && times[ARMED] != NOT_YET;
    }

    @Override
    public List<Thread> all() {
        List<Thread> all = new ArrayList<>();
        for (Thread thread : host.live()) {
            if (!arming.isOwn(thread) && !VirtualThreads.areServedBy(thread)) {
                all.add(thread);
            }
        }
        return all;
    }

    private boolean isInNative(Thread thread) {
        Long then = inNative.get(thread);
        long now = management.cpuNanos(thread);
        if (then != null && then == now && now != ThreadManagement.UNKNOWN) {
            return true;
        }
        if (then == null && !isSuspect(waitedFor.get(thread), now) || stacksLeft-- <= 0) {
            return false;
        }
        boolean outside = isOutside(thread.getStackTrace());
        if (outside && now == management.cpuNanos(thread)) {
            inNative.put(thread, now);
        } else {
            inNative.remove(thread);
        }
        return outside;
    }

    /** Whether a debugger keeps it from running, and it polls soon when it is let go. */
    private boolean isSuspended(Thread thread) {
        return isArmed(thread)
                && waitedFor.get(thread)[LAST] == management.cpuNanos(thread)
                && management.isSuspended(thread);
    }

    /** Whether a thread that was running in the turn before may be in native code: it was on no processor, or too long. */
    private static boolean isSuspect(long[] times, long now) {
        return times != null && (now == times[LAST] || now - times[FIRST] >= LATE_NANOS);
    }

    /** Whether a thread with this stack, which is RUNNABLE, or virtual and about to be, polls before it does anything. */
    private boolean isOutside(StackTraceElement[] stack) {
        boolean inJava = stack.length > 0 && !stack[0].isNativeMethod() && !VirtualThreads.isParking(stack[0]);
        boolean inRewritten = stack.length > 0 && host.isRewritten(stack[0].getClassName());
        return !inJava && !inRewritten && isPolledWhenBack(stack);
    }

    /** Whether a thread that is somewhere outside polls when it comes back; one that is blocked by a monitor polls behind it. */
    private boolean isPolledWhenBack(StackTraceElement[] stack) {
        for (int i = 0; i < stack.length; i++) {
            if (host.isRewritten(stack[i].getClassName())) {
                return i == 0 || isPolledBehind(stack[i - 1]);
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
        boolean anew = false;
        boolean done = armed && arming.isDone();
        for (Thread thread : running) {
            long now = management.cpuNanos(thread);
            long[] times = waitedFor.get(thread);
            if (times == null) {
                waitedFor.put(thread, new long[] {now, now, NOT_YET});
                continue;
            }
            boolean still = now == times[LAST] && now != ThreadManagement.UNKNOWN;
            boolean suspended = still && turn >= TURN_OF_DEBUGGERS && management.isSuspended(thread);
            boolean blocked = turn >= TURN_OF_STANDING_OWNERS - 1 && thread.getState() == Thread.State.BLOCKED;
            if (now == ThreadManagement.UNKNOWN || now - times[FIRST] >= LATE_NANOS || suspended || blocked) {
                late.add(thread);
                anew |= times[ARMED] != NOT_YET && mustLookAnew(now - times[ARMED], now, turn);
                times[ARMED] = times[ARMED] == NOT_YET && done ? now : times[ARMED];
            }
            stuck |= still;
            times[LAST] = now;
        }
        if (stuck && turn >= TURN_OF_INITIALISERS) {
            round.letInitialisersRun();
        } else {
            round.stopInitialisers();
        }
        if (!late.isEmpty() && (!armed || done)) {
            armed = true;
            arming.arm(late, anew);
        }
    }

    /** Of a thread that does not tell its own time, after 40 ms. */
    private static boolean mustLookAnew(long burnt, long now, int turn) {
        return now == ThreadManagement.UNKNOWN ? turn > TURN_OF_INITIALISERS : burnt >= LOOKING_ANEW_NANOS;
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
