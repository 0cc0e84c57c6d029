package dev.checkrein.it.jcstress;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.PauseTimeoutException;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.util.concurrent.atomic.AtomicInteger;

/** What requesters do. */
final class Pauses {
    private Pauses() {}

    /** As {@code pause}, for actors, which cannot throw what is checked. */
    static Pause of(SafepointCoordinator coordinator, StopReason reason) {
        try {
            return coordinator.pause(PauseRequest.of(reason));
        } catch (PauseTimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many hold one while the calling thread does: one, if all is well. */
    static int countHolders(SafepointCoordinator coordinator, StopReason reason, AtomicInteger holders) {
        try (Pause pause = of(coordinator, reason)) {
            int first = holders.incrementAndGet();
            Thread.onSpinWait();
            int then = holders.get();
            holders.decrementAndGet();
            return pause.isHeld() ? Math.max(first, then) : 0;
        }
    }
}
