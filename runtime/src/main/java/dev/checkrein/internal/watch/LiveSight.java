package dev.checkrein.internal.watch;

import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.ThreadsLateException;
import dev.checkrein.internal.jvm.ThreadManagement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What this JVM shows. */
final class LiveSight implements Sight {
    private static final String REASON = "stall check";
    private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What a thread parks by that a pause has stopped, in whichever copy of the runtime. */
    private static final String PAUSES = "dev.checkrein.internal.pause.";

    private static final String VIRTUAL = "java.lang.VirtualThread";

    /** Code that has been made to poll does so within a fraction of this time on a processor. */
    private static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    /** Made by the thread that looks: it takes a while. */
    private static final class Management {
        static final ThreadManagement OF_THREADS = new ThreadManagement();
    }

    @Override
    public Thread.State state(Thread thread) {
        return thread.getState();
    }

    @Override
    public long cpuNanos(Thread thread) {
        return Management.OF_THREADS.cpuNanos(thread);
    }

    @Override
    public long waits(Thread thread) {
        return Management.OF_THREADS.waits(thread);
    }

    @Override
    public boolean standsStill(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker != null && blocker.getClass().getName().startsWith(PAUSES);
    }

    @Override
    public Place place(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        if (stack.length == 0 || stack[0].getClassName().equals(VIRTUAL)) {
            return Place.NOWHERE;
        }
        return stack[0].isNativeMethod() ? Place.NATIVE : Place.JAVA;
    }

    @Override
    public StackTraceElement[] stack(Thread thread) {
        return thread.getStackTrace();
    }

    @Override
    public Answer[] ask(List<Thread> threads, long nanos) {
        Asked asked = new Asked(threads.toArray(new Thread[0]));
        long[] cpuBefore = threads.stream().mapToLong(this::cpuNanos).toArray();
        Answer otherwise = null;
        try {
            PauseOrder order = new PauseOrder(REASON, 0, nanos, LEASE_NANOS, asked, true);
            if (Engines.current().handshake(order, asked) == PauseOrder.REFUSED) {
                otherwise = Answer.UNTOLD;
            }
        } catch (ThreadsLateException late) {
            // Some may have answered nevertheless.
        } catch (IllegalStateException notHere) {
            boolean polls = Boolean.TRUE.equals(Engines.current().status().get("installed"));
            otherwise = polls ? Answer.UNTOLD : Answer.NEVER;
        }
        Answer[] answers = new Answer[cpuBefore.length];
        for (int i = 0; i < answers.length; i++) {
            Answer given = asked.answer(i);
            Answer silent = otherwise != null ? otherwise : silence(threads.get(i), cpuBefore[i], nanos);
            answers[i] = given != null ? given : silent;
        }
        return answers;
    }

    private Answer silence(Thread thread, long cpuBefore, long nanos) {
        long cpuNow = cpuNanos(thread);
        long used = cpuBefore == UNKNOWN || cpuNow == UNKNOWN ? nanos : cpuNow - cpuBefore;
        return used >= SILENT_NANOS ? Answer.SILENT : Answer.UNTOLD;
    }
}
