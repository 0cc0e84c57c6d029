package dev.checkrein.internal.cancel;

import dev.checkrein.internal.timing.OwnThread;

/**
 * The calls a thread is in, innermost first. Confined to its thread. A thread that is in no call has none of these, so
 * that nothing of a class loader that is gone hangs on a pooled thread.
 */
final class ThreadCalls {
    private static final ThreadLocal<ThreadCalls> CURRENT = new ThreadLocal<>();

    private ScopeCall innermost;

    /** Read where there is no room for a call. */
    int inRuntime;

    /** How many shields of the user's it is in, whatever the calls. */
    int shields;

    private ThreadCalls() {}

    /** Null if the thread is in no call. */
    static ThreadCalls current() {
        try {
            return CURRENT.get();
        } catch (OutOfMemoryError inNoCall) {
            return null; // what is there is found; only to say that there is nothing, the JDK makes an entry
        }
    }

    static void push(ScopeCall call) {
        ThreadCalls calls = current();
        if (calls == null) {
            calls = new ThreadCalls();
            CURRENT.set(calls);
        }
        calls.innermost = call;
        call.pushedOn(calls);
    }

    void pop(ScopeCall call) {
        if (call != innermost) {
            throw new IllegalStateException("calls must be left innermost first, on the thread that entered them");
        }
        innermost = call.outer();
        removeIfIdle();
    }

    private void removeIfIdle() {
        if (innermost == null && inRuntime == 0 && shields == 0) {
            CURRENT.remove();
        }
    }

    ScopeCall innermost() {
        return innermost;
    }

    /** The one inside which there are so many others; or null. */
    ScopeCall innermost(int inside) {
        ScopeCall call = innermost;
        for (int i = 0; i < inside && call != null; i++) {
            call = call.outer();
        }
        return call;
    }

    /** For so long the thread could not do anything, by the engine's clock. */
    void stoodStill(long nanos) {
        for (ScopeCall call = innermost; call != null; call = call.outer()) {
            call.stoodStill(nanos);
        }
    }

    /**
     * The call to end now, or null. The outermost that was asked to, because ending it ends those inside it.
     *
     * @param outside the same of those inside this one, which is shielded; null for all
     */
    ScopeCall toEnd(ScopeCall outside) {
        ScopeCall found = null;
        for (ScopeCall call = innermost; call != outside; call = call.outer()) {
            if (call.request() != null) {
                found = call;
            }
        }
        return found;
    }

    /**
     * From here to {@link #leaveRuntime} polls of this thread do nothing: the runtime is working for it, and the JDK
     * methods it uses may have been rewritten by the user's choice. Nests.
     *
     * @return what to leave, perhaps null
     */
    static ThreadCalls enterRuntime() {
        ThreadCalls calls = current();
        if (calls == null) {
            calls = makeCurrent();
        }
        if (calls != null) {
            calls.inRuntime++;
        }
        return calls;
    }

    static void leaveRuntime(ThreadCalls entered) {
        if (entered != null) {
            entered.inRuntime--;
            entered.removeIfIdle();
        }
    }

    /** The thread is not in the runtime any more, as its count says already. */
    void leftRuntime() {
        removeIfIdle();
    }

    /** As {@link #current}, for a thread that is asked to end what is in no call. Null if that cannot be. */
    static ThreadCalls forUnscoped() {
        return makeCurrent();
    }

    /** Null for a thread of Checkrein's own, whose polls do nothing anyway, and if there is no memory. */
    private static ThreadCalls makeCurrent() {
        if (Thread.currentThread() instanceof OwnThread) {
            return null;
        }
        try {
            ThreadCalls calls = new ThreadCalls();
            CURRENT.set(calls);
            return calls;
        } catch (OutOfMemoryError full) {
            return null;
        }
    }

    boolean inRuntime() {
        return inRuntime > 0;
    }
}
