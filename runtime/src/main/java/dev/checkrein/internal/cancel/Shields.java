package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Engines;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;

/**
 * What must not be torn apart by an error thrown in its middle. Decided at the moment of throwing, from the stack
 * between the poll and the boundary of the call that is to end, so that running code pays nothing for it.
 *
 * <ul>
 *   <li>A class being initialised: an error there makes it unusable for as long as its loader lives.
 *   <li>A class being loaded or rewritten: loaders keep books that are shared by everybody.
 *   <li>A poll in the JDK's own concurrency code or what that calls of the JDK, for users who include it: half a change to a
 *       queue or a lock would be seen by all threads.
 *   <li>While the request is polite: code that cleans up, a {@code finally} block for example.
 * </ul>
 */
final class Shields {
    /** The method of the API, in whichever copy, below which a call's own work stands on the stack. */
    private static final String BOUNDARY_CLASS = "dev.checkrein.CancellationScope";

    private static final String BOUNDARY_METHOD = "call";

    private static final String RUNTIME_PREFIX = "dev.checkrein.internal.";

    private final StackWalker stack = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private final CleanupTables cleanup;

    Shields(CleanupTables cleanup) {
        this.cleanup = cleanup;
        // Loads what a walk needs, while there is stack to do it.
        stack.walk(frames -> anyShields(frames.iterator(), 1, true));
    }

    /** Whether one stands between the calling thread's poll and the call's boundary. */
    boolean standBefore(ThreadCalls calls, ScopeCall call, boolean polite) {
        int boundaries = 1;
        for (ScopeCall c = calls.innermost(); c != call; c = c.outer()) {
            boundaries++;
        }
        int depth = boundaries;
        return stack.walk(frames -> anyShields(frames.iterator(), depth, polite));
    }

    private boolean anyShields(Iterator<StackFrame> frames, int boundaries, boolean polite) {
        int left = boundaries;
        boolean atPoll = true;
        boolean inJdk = true;
        while (frames.hasNext()) {
            StackFrame frame = frames.next();
            String className = frame.getClassName();
            if (atPoll && (className.startsWith(Engines.STUB) || className.startsWith(RUNTIME_PREFIX))) {
                continue;
            }
            atPoll = false;
            inJdk &= frame.getDeclaringClass().getClassLoader() == null;
            if (inJdk && className.startsWith("java.util.concurrent.")) {
                return true;
            }
            if (isBoundary(className, frame.getMethodName())) {
                if (--left == 0) {
                    return false;
                }
            } else if (initialisesOrLoads(frame) || polite && cleansUp(frame)) {
                return true;
            }
        }
        return false;
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
