package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.HeldPause;

/** A pause that is ended by the application's own thread, which must not be stopped by the next one halfway. */
record GuardedPause(HeldPause pause) implements HeldPause {
    @Override
    public boolean isHeld() {
        return pause.isHeld();
    }

    @Override
    public int stopped() {
        return pause.stopped();
    }

    @Override
    public void close() {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            pause.close();
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }
}
