package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.bridge.Rung;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ForkJoinTask;

/**
 * What must not be torn apart by an error thrown in its middle. Decided at the moment of throwing, from the stack
 * between the poll and the boundary of the call that is to end, so that running code pays nothing for it.
 *
 * <ul>
 *   <li>A class being initialised: an error there makes it unusable for as long as its loader lives. Unless the request is forced.
 *   <li>A class being loaded or rewritten: loaders keep books that are shared by everybody. Unless the request is forced.
 *   <li>An {@code invokedynamic} being linked: the JVM keeps the error, and throws it whenever somebody comes by there. Unless the
 *       request is forced.
 *   <li>What the application has said is not to be torn. Unless the request is forced.
 *   <li>The end of a thread, while its uncaught exception handler is at work.
 *   <li>A poll in the JDK's own concurrency code or what that calls of the JDK, for users who include it: half a change to a
 *       queue or a lock would be seen by all threads. Nor in what it opens files and channels by, which would be left open.
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

    /** Files and channels: what the system has opened, and nobody has yet, stays open. */
    private static final List<String> CHANNELS = List.of("sun.nio.", "java.nio.channels.");

    /** Calls what links {@code invokedynamic} and its like. */
    static final String LINKER = "java.lang.invoke.MethodHandleNatives";

    private static final String RUNTIME_PREFIX = "dev.checkrein.internal.";

    /** Of the API's own classes, which hold no monitor while they run somebody's work. */
    private static final String API_PREFIX = "dev.checkrein.";

    private final StackWalker stack = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private final CleanupTables cleanup;
    private final MonitorView monitors;

    /** What a walk comes upon. */
    enum Found {
        NOTHING,
        /** No shield, but frames that may hold monitors. */
        UNKNOWN,
        /** The JDK's own concurrency code or the like, right at the poll: the thread may wait in it again and again, and be out of it in between. */
        CONCURRENCY,
        SHIELD
    }

    Shields(CleanupTables cleanup, MonitorView monitors) {
        this.cleanup = cleanup;
        this.monitors = monitors;
        // Loads what a walk needs, while there is stack to do it.
        Bounds any = new Bounds(false, false);
        stack.walk(frames -> upToBoundary(frames.iterator(), 1, new Look(null, any, false)));
        if (monitors.walker() != null) {
            monitors.walker().walk(frames -> upToBoundary(frames.iterator(), 1, new Look(null, any, true)));
        }
    }

    /** What stands between the calling thread's poll and the boundary of the call, which is on this rung; nothing if it is unknown. */
    Found findBefore(ThreadCalls calls, ScopeCall call, Rung rung) {
        Bounds bounds = Bounds.of(call, rung);
        if (call.isInShield() && !bounds.forced) {
            return Found.SHIELD;
        }
        int boundaries = call.boundariesAbove(calls);
        ScopeCall innermost = calls.innermost();
        Found found =
                stack.walk(frames -> upToBoundary(frames.iterator(), boundaries, new Look(innermost, bounds, false)));
        if (found == Found.UNKNOWN && monitors.walker() != null) {
            found = monitors.walker()
                    .walk(frames -> upToBoundary(frames.iterator(), boundaries, new Look(innermost, bounds, true)));
        }
        return known(found);
    }

    /**
     * What stands between the calling thread's poll and the outermost method of a class loader.
     *
     * @param call on which rung a request is to end what the loader's classes do
     * @return null if the thread is in none of them
     */
    Within standWithin(ThreadCalls calls, ClassLoader loader, ScopeCall call, Rung rung) {
        Bounds bounds = Bounds.of(call, rung);
        ScopeCall innermost = calls.innermost();
        Within within = stack.walk(frames -> upToLoader(frames.iterator(), loader, new Look(innermost, bounds, false)));
        if (within != null && within.found == Found.UNKNOWN && monitors.walker() != null) {
            within = monitors.walker()
                    .walk(frames -> upToLoader(frames.iterator(), loader, new Look(innermost, bounds, true)));
        }
        return within == null
                ? null
                : new Within(
                        call.isInShield() && !bounds.forced ? Found.SHIELD : known(within.found), within.boundaries);
    }

    /** Of frames that tell nothing it is taken that they hold no monitor. */
    private static Found known(Found found) {
        return found == Found.UNKNOWN ? Found.NOTHING : found;
    }

    /**
     * Where a thread is in a loader's classes.
     *
     * @param found what shields there
     * @param boundaries how many calls of scopes are inside the loader's outermost method
     */
    record Within(Found found, int boundaries) {}

    /**
     * For what to look.
     *
     * @param polite whether cleanup and monitors shield
     * @param forced whether classes that are being initialised or loaded do not
     */
    private record Bounds(boolean polite, boolean forced) {
        static Bounds of(ScopeCall call, Rung rung) {
            return new Bounds(
                    rung == Rung.POLITE, rung == Rung.INSIST && call.ladder().forced());
        }
    }

    private static Found upToBoundary(Iterator<StackFrame> frames, int boundaries, Look look) {
        int left = boundaries;
        while (frames.hasNext() && !look.hasFound()) {
            StackFrame frame = frames.next();
            if (look.see(frame) && --left == 0) {
                return look.found;
            }
        }
        return look.found;
    }

    private static Within upToLoader(Iterator<StackFrame> frames, ClassLoader loader, Look look) {
        Within within = null;
        int boundaries = 0;
        boolean boundaryPassed = false;
        boolean wouldBeTorn = false;
        while (frames.hasNext()) {
            StackFrame frame = frames.next();
            boolean boundary = look.see(frame);
            boundaries += boundary ? 1 : 0;
            if (frame.getDeclaringClass().getClassLoader() == loader) {
                within = new Within(look.found, boundaries);
                boundaryPassed = false;
                wouldBeTorn = false;
            } else if (within != null && !boundaryPassed) {
                boundaryPassed = boundary;
                wouldBeTorn |= !boundary && look.isNeverTorn(frame);
            }
        }
        return wouldBeTorn ? new Within(Found.SHIELD, within.boundaries) : within;
    }

    /** At one frame after the other, beginning with the innermost. */
    private final class Look {
        private final Bounds bounds;
        private final boolean live;
        private boolean atPoll = true;
        private boolean inJdk = true;
        private Found found = Found.NOTHING;

        /** The call whose boundary comes next; null if there is none. */
        private ScopeCall next;

        /** @param live whether the frames can be asked for monitors */
        Look(ScopeCall innermost, Bounds bounds, boolean live) {
            this.next = innermost;
            this.bounds = bounds;
            this.live = live;
        }

        /** Whether nothing is to be thrown, whatever comes. */
        boolean hasFound() {
            return found == Found.SHIELD || found == Found.CONCURRENCY;
        }

        /** Whether it is a boundary. */
        boolean see(StackFrame frame) {
            String className = frame.getClassName();
            if (atPoll && (className.startsWith(Engines.STUB) || className.startsWith(RUNTIME_PREFIX))) {
                return false;
            }
            atPoll = false;
            boolean boundary = isBoundary(next, className, frame);
            boolean ofCall = !boundary || next != null && next.isImplicit();
            if (ofCall && shields(frame)) {
                found = Found.SHIELD;
            } else if (isAmongConcurrency(frame, className)) {
                found = found == Found.SHIELD ? found : Found.CONCURRENCY;
            } else if (ofCall && found == Found.NOTHING && bounds.polite && !live && !isKnown(frame)) {
                found = Found.UNKNOWN;
            }
            next = boundary && next != null ? next.outer() : next;
            return boundary;
        }

        private boolean isAmongConcurrency(StackFrame frame, String className) {
            inJdk &= frame.getDeclaringClass().getClassLoader() == null;
            if (inJdk && (className.startsWith(CONCURRENCY) || isOfChannels(className))) {
                if (!runsTask(frame)) {
                    return true;
                }
                inJdk = false;
            }
            return false;
        }

        /** Also where the error that ends something passes on its way out. */
        boolean isNeverTorn(StackFrame frame) {
            return !bounds.forced && Shields.this.isNeverTorn(frame);
        }

        private boolean shields(StackFrame frame) {
            return isEnd(frame.getClassName(), frame.getMethodName())
                    || isNeverTorn(frame)
                    || bounds.polite && (cleansUp(frame) || live && !isKnown(frame) && monitors.holdsMonitor(frame));
        }
    }

    private static boolean isOfChannels(String className) {
        for (int i = 0; i < CHANNELS.size(); i++) {
            if (className.startsWith(CHANNELS.get(i))) {
                return true;
            }
        }
        return false;
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

    /**
     * Whether a frame is the boundary of a call, if the boundaries of those inside it were passed. By the methods that have begun them:
     * a frame of a method that was rewritten when it was running already has begun none, and stands farther out than those that have.
     */
    private static boolean isBoundary(ScopeCall next, String className, StackFrame frame) {
        return next == null ? isBoundary(className, frame.getMethodName()) : next.isBoundary(className, frame);
    }

    static boolean isBoundary(String className, String method) {
        return method.equals(BOUNDARY_METHOD) && className.equals(BOUNDARY_CLASS);
    }

    /** Whether a thread is about to end by what was thrown, and says so to whoever wants to know. */
    static boolean isEnd(String className, String method) {
        return method.equals("dispatchUncaughtException") && className.equals("java.lang.Thread");
    }

    private boolean isNeverTorn(StackFrame frame) {
        return initialisesOrLoads(frame) || cleanup.shield(frame.getClassName(), frame.getMethodName());
    }

    private static boolean initialisesOrLoads(StackFrame frame) {
        String method = frame.getMethodName();
        Class<?> declaring = frame.getDeclaringClass();
        return method.equals("<clinit>")
                || declaring == ClassLoader.class
                || declaring.getName().equals(LINKER)
                || (method.equals("loadClass") || method.equals("findClass"))
                        && ClassLoader.class.isAssignableFrom(declaring)
                || declaring.getName().startsWith("sun.instrument.");
    }

    private boolean cleansUp(StackFrame frame) {
        return cleanup.cover(
                frame.getDeclaringClass(), frame.getMethodName(), frame.getDescriptor(), frame.getByteCodeIndex());
    }
}
