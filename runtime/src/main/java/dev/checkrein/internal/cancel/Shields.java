package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.bridge.Rung;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.concurrent.ForkJoinTask;

/**
 * What must not be torn apart by an error thrown in its middle. Decided at the moment of throwing, from the stack
 * between the poll and the boundary of the call that is to end, so that running code pays nothing for it.
 *
 * <ul>
 *   <li>A class being initialised: an error there makes it unusable for as long as its loader lives. Unless the request is forced.
 *   <li>A class being loaded or rewritten: loaders keep books that are shared by everybody. Unless the request is forced.
 *   <li>What the application has said is not to be torn. Unless the request is forced.
 *   <li>A poll in the JDK's own concurrency code or what that calls of the JDK, for users who include it: half a change to a
 *       queue or a lock would be seen by all threads.
 *   <li>While the request is polite: code that cleans up, a {@code finally} block for example, and code that holds a monitor, which
 *       would let others see what it guards half changed. Of rewritten methods that is in tables; other frames are asked what
 *       they hold, in a second walk, because it takes many times as long.
 * </ul>
 */
final class Shields {
    /** The method of the API, in whichever copy, below which a call's own work stands on the stack. */
    private static final String BOUNDARY_CLASS = "dev.checkrein.CancellationScope";

    private static final String BOUNDARY_METHOD = "call";

    private static final String CONCURRENCY = "java.util.concurrent.";

    private static final String RUNTIME_PREFIX = "dev.checkrein.internal.";

    /** Of the API's own classes, which hold no monitor while they run somebody's work. */
    private static final String API_PREFIX = "dev.checkrein.";

    private final StackWalker stack = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private final CleanupTables cleanup;
    private final MonitorView monitors;

    private enum Found {
        NOTHING,
        /** No shield, but frames that may hold monitors. */
        UNKNOWN,
        SHIELD
    }

    Shields(CleanupTables cleanup, MonitorView monitors) {
        this.cleanup = cleanup;
        this.monitors = monitors;
        // Loads what a walk needs, while there is stack to do it.
        Bounds any = new Bounds(1, false, false);
        stack.walk(frames -> look(frames.iterator(), any, false));
        if (monitors.walker() != null) {
            monitors.walker().walk(frames -> look(frames.iterator(), any, true));
        }
    }

    /** Whether one stands between the calling thread's poll and the boundary of the call, which is on this rung. */
    boolean standBefore(ThreadCalls calls, ScopeCall call, Rung rung) {
        Bounds bounds = new Bounds(
                1, rung == Rung.POLITE, rung == Rung.INSIST && call.ladder().forced());
        if (call.isInShield() && !bounds.forced) {
            return true;
        }
        for (ScopeCall c = calls.innermost(); c != call; c = c.outer()) {
            bounds = bounds.oneMore();
        }
        Bounds all = bounds;
        Found found = stack.walk(frames -> look(frames.iterator(), all, false));
        if (found == Found.UNKNOWN && monitors.walker() != null) {
            found = monitors.walker().walk(frames -> look(frames.iterator(), all, true));
        }
        return found == Found.SHIELD;
    }

    /**
     * How far to look, and for what.
     *
     * @param calls the boundary of how many is to be reached
     * @param polite whether cleanup and monitors shield
     * @param forced whether classes that are being initialised or loaded do not
     */
    private record Bounds(int calls, boolean polite, boolean forced) {
        Bounds oneMore() {
            return new Bounds(calls + 1, polite, forced);
        }
    }

    /** @param live whether the frames can be asked for monitors */
    private Found look(Iterator<StackFrame> frames, Bounds bounds, boolean live) {
        int left = bounds.calls;
        boolean atPoll = true;
        boolean inJdk = true;
        Found found = Found.NOTHING;
        while (frames.hasNext()) {
            StackFrame frame = frames.next();
            String className = frame.getClassName();
            if (atPoll && (className.startsWith(Engines.STUB) || className.startsWith(RUNTIME_PREFIX))) {
                continue;
            }
            atPoll = false;
            inJdk &= frame.getDeclaringClass().getClassLoader() == null;
            if (inJdk && className.startsWith(CONCURRENCY)) {
                if (!runsTask(frame)) {
                    return Found.SHIELD;
                }
                inJdk = false;
            }
            if (isBoundary(className, frame.getMethodName())) {
                if (--left == 0) {
                    return found;
                }
            } else if (!bounds.forced && initialisesOrLoads(frame) || bounds.polite && cleansUp(frame)) {
                return Found.SHIELD;
            } else if (bounds.polite && !isKnown(frame)) {
                if (live && monitors.holdsMonitor(frame)) {
                    return Found.SHIELD;
                }
                found = Found.UNKNOWN;
            }
        }
        return Found.NOTHING;
    }

    private boolean isKnown(StackFrame frame) {
        String className = frame.getClassName();
        return cleanup.know(frame.getDeclaringClass())
                || className.startsWith(API_PREFIX) && className.indexOf('.', API_PREFIX.length()) < 0;
    }

    /** Whatever a task throws is kept there for those who wait for it. JDK 25 forks the squaring of large numbers, for one. */
    private static boolean runsTask(StackFrame frame) {
        return frame.getMethodName().equals("exec") && ForkJoinTask.class.isAssignableFrom(frame.getDeclaringClass());
    }

    static boolean isBoundary(String className, String method) {
        return method.equals(BOUNDARY_METHOD) && className.equals(BOUNDARY_CLASS);
    }

    private static boolean initialisesOrLoads(StackFrame frame) {
        String method = frame.getMethodName();
        Class<?> declaring = frame.getDeclaringClass();
        return method.equals("<clinit>")
                || declaring == ClassLoader.class
                || (method.equals("loadClass") || method.equals("findClass"))
                        && ClassLoader.class.isAssignableFrom(declaring)
                || declaring.getName().startsWith("sun.instrument.");
    }

    private boolean cleansUp(StackFrame frame) {
        return cleanup.cover(
                frame.getDeclaringClass(), frame.getMethodName(), frame.getDescriptor(), frame.getByteCodeIndex());
    }
}
