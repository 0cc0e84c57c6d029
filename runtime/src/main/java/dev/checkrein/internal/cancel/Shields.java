package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Engines;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;

/**
 * What must not be torn apart by an error thrown in its middle. Decided at the moment of throwing, from the stack
 * between the poll and the boundary of the call that is to end, so that running code pays nothing for it.
 *
 * <ul>
 *   <li>A class being initialised: an error there makes it unusable for as long as its loader lives.
 *   <li>A class being loaded: loaders keep books that are shared by everybody.
 *   <li>A poll in the JDK's own concurrency code, for users who include it: half a change to a queue or a lock would be
 *       seen by all threads.
 * </ul>
 */
final class Shields {
    private static final StackWalker STACK = StackWalker.getInstance();

    /** The method of the API, in whichever copy, below which a call's own work stands on the stack. */
    private static final String BOUNDARY_CLASS = "dev.checkrein.CancellationScope";

    private static final String BOUNDARY_METHOD = "call";

    private static final String RUNTIME_PREFIX = "dev.checkrein.internal.";
    private static final String STUB = Engines.STUB;

    static {
        // Loads what a walk needs, while there is stack to do it.
        STACK.walk(frames -> anyShields(frames.iterator(), 1));
    }

    private Shields() {}

    /** Makes sure that the class is initialised. */
    static void prepare() {}

    /** Whether one stands between the calling thread's poll and the call's boundary. */
    static boolean standBefore(ThreadCalls calls, ScopeCall call) {
        int boundaries = 1;
        for (ScopeCall c = calls.innermost(); c != call; c = c.outer()) {
            boundaries++;
        }
        int depth = boundaries;
        return STACK.walk(frames -> anyShields(frames.iterator(), depth));
    }

    private static boolean anyShields(Iterator<StackFrame> frames, int boundaries) {
        boolean atPoll = true;
        while (frames.hasNext()) {
            StackFrame frame = frames.next();
            String className = frame.getClassName();
            if (atPoll && (className.equals(STUB) || className.startsWith(RUNTIME_PREFIX))) {
                continue;
            }
            if (atPoll && className.startsWith("java.util.concurrent.")) {
                return true;
            }
            atPoll = false;
            String method = frame.getMethodName();
            if (method.equals(BOUNDARY_METHOD) && className.equals(BOUNDARY_CLASS)) {
                if (--boundaries == 0) {
                    return false;
                }
            } else if (method.equals("<clinit>") || loadsClasses(className, method)) {
                return true;
            }
        }
        return false;
    }

    private static boolean loadsClasses(String className, String method) {
        return className.equals("java.lang.ClassLoader") || method.equals("loadClass");
    }
}
