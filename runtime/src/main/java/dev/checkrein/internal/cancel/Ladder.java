package dev.checkrein.internal.cancel;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sees to a call that was asked to end, until it has. The thread itself throws at its polls; what is left to do from
 * outside is to wake it when it is blocked. It may block again at any time, so this comes back, less and less often.
 */
final class Ladder {
    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 64;

    private final Watchdog watchdog;
    private final boolean pollsInstalled;
    private final LongSupplier nanoClock;

    Ladder(Watchdog watchdog, boolean pollsInstalled, LongSupplier nanoClock) {
        this.watchdog = watchdog;
        this.pollsInstalled = pollsInstalled;
        this.nanoClock = nanoClock;
    }

    void start(ScopeCall call) {
        step(call, FIRST_PAUSE_MILLIS);
    }

    private void step(ScopeCall call, long pauseMillis) {
        if (call.wake(!pollsInstalled, nanoClock.getAsLong())) {
            watchdog.after(
                    TimeUnit.MILLISECONDS.toNanos(pauseMillis),
                    () -> step(call, Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS)));
        }
    }
}
