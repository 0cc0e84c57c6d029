package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Engines;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The state and stack of a thread that is to end a call, as seen from outside. Nothing keeps it from going on meanwhile. */
final class ThreadSighting {
    private static final StackTraceElement[] NO_FRAMES = {};
    private static final int INNERMOST = 4;
    private static final String STANDING = "dev.checkrein.internal.pause.Arrival";

    /** What parks a thread, with what a JDK may have in between. */
    private static final int FRAMES_OF_WAITING = 10;

    /** And what a poll has above the method that polls. */
    private static final int FRAMES_OF_POLL = 50;

    private final Thread.State state;
    private final StackTraceElement[] frames;

    /** How many frames, from the top, belong to the call. */
    private final int ofCall;

    private final boolean inShieldedMethod;

    private ThreadSighting(Thread.State state, StackTraceElement[] frames, ScopeCall call, CleanupTables shields) {
        this.state = state;
        this.frames = frames;
        this.ofCall = call == null ? frames.length : framesOf(call);
        this.inShieldedMethod = isAny(shields);
    }

    /**
     * Looks at a thread that is in a call.
     *
     * @param shields knows which methods shield
     */
    static ThreadSighting of(Thread thread, ScopeCall call, CleanupTables shields) {
        Thread.State state = thread.getState();
        return new ThreadSighting(state, thread.getStackTrace(), call, shields);
    }

    /** With all of its stack, whatever calls it is in. */
    static ThreadSighting withWholeStack(Thread thread) {
        return of(thread, null, CleanupTables.NONE);
    }

    /** Only that there is a thread. */
    static ThreadSighting withoutStack(Thread thread) {
        return new ThreadSighting(thread.getState(), NO_FRAMES, null, CleanupTables.NONE);
    }

    /**
     * Goes in from the bottom of the stack, as far as the boundaries of the calls around this one and its own. Names do not tell a
     * frame from another one of its method that has begun no call: there are then more frames rather than fewer.
     */
    private int framesOf(ScopeCall call) {
        ScopeCall[] inwards = call.outermostFirst();
        int next = 0;
        for (int i = frames.length - 1; i >= 0 && inwards.length > 0; i--) {
            if (inwards[next].isBoundary(frames[i].getClassName(), frames[i].getMethodName())
                    && ++next == inwards.length) {
                return call.isImplicit() ? i + 1 : i;
            }
        }
        return frames.length; // From JDK 19 on a stack ends at MaxJavaStackTraceDepth, and the boundary may be beyond.
    }

    private boolean isAny(CleanupTables shields) {
        for (int i = 0; i < ofCall; i++) {
            if (shields.shield(frames[i].getClassName(), frames[i].getMethodName())) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is in a method that the user does not want torn. */
    boolean isInShieldedMethod() {
        return inShieldedMethod;
    }

    /** The classes whose methods the call is in. */
    Set<String> classNames() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ofCall; i++) {
            names.add(frames[i].getClassName());
        }
        return names;
    }

    /** The classes of the few methods that it is in at the moment: if it loops, then in one of them, or for long. */
    Set<String> innermostClassNames() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < Math.min(ofCall, INNERMOST); i++) {
            names.add(frames[i].getClassName());
        }
        return names;
    }

    /** From the innermost on; not to be changed. */
    StackTraceElement[] frames() {
        return frames;
    }

    /** Gives an error the stack from the method on that polls. */
    void showIn(Error error) {
        int polling = 0;
        for (int i = 0; i < Math.min(frames.length, FRAMES_OF_POLL); i++) {
            if (frames[i].getClassName().startsWith(Engines.STUB)) {
                polling = i + 1;
            }
        }
        error.setStackTrace(Arrays.copyOfRange(frames, polling, frames.length));
    }

    /** Whether it runs Java code rather than waits or is in native code. */
    boolean isRunningJava() {
        return state == Thread.State.RUNNABLE && frames.length > 0 && !frames[0].isNativeMethod();
    }

    /**
     * Whether an interrupt does good and no harm: it must not end the initialisation of a class, which would never work
     * again, or tear a class loader. A thread that counts as running is in native code, and an interrupt helps only in the
     * network; in a file it would close the file.
     *
     * @param seen whether the thread has come to a poll since it was to end
     * @param forced whether those are not to be spared
     */
    boolean mayBeInterrupted(boolean seen, boolean forced) {
        boolean waiting = (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING) && !isStandingStill();
        boolean inNetwork = state == Thread.State.RUNNABLE && !seen && isInNetwork();
        return (waiting || inNetwork) && (forced || !isShielded());
    }

    /** In a pause: it waits for nothing that an interrupt would end. */
    private boolean isStandingStill() {
        for (int i = 0; i < Math.min(frames.length, FRAMES_OF_WAITING); i++) {
            if (frames[i].getClassName().equals(STANDING)) {
                return true;
            }
        }
        return false;
    }

    private boolean isInNetwork() {
        return frames.length > 0
                && frames[0].getClassName().startsWith("sun.nio.ch.")
                && !frames[0].getClassName().contains("File");
    }

    /** Whether an error may break a class or a loader, or what the user protects. By the names alone, and of no more frames than are shown. */
    boolean isShielded() {
        if (inShieldedMethod) {
            return true;
        }
        for (int i = 0; i < ofCall; i++) {
            String className = frames[i].getClassName();
            if (frames[i].getMethodName().equals("<clinit>")
                    || className.equals("java.lang.ClassLoader")
                    || className.equals(Shields.LINKER)
                    || Shields.isEnd(className, frames[i].getMethodName())) {
                return true;
            }
        }
        return false;
    }
}
