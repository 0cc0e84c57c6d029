package dev.checkrein.internal.pause;

import dev.checkrein.internal.bridge.HeldPause;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pause while it is held. */
final class Held implements HeldPause {
    private final Coordinator coordinator;
    private final Round round;
    private final AtomicBoolean held = new AtomicBoolean(true);
    private volatile Future<?> lease;

    Held(Coordinator coordinator, Round round) {
        this.coordinator = coordinator;
        this.round = round;
    }

    /** @param end what ends it by itself, or null */
    void lease(Future<?> end) {
        lease = end;
    }

    @Override
    public boolean isHeld() {
        return held.get();
    }

    @Override
    public int stopped() {
        return round.arrivedCount();
    }

    @Override
    public void close() {
        if (held.compareAndSet(true, false)) {
            coordinator.end(round);
            Future<?> end = lease;
            if (end != null) {
                end.cancel(false);
            }
        }
    }
}
