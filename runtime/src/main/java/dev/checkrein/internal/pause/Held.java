package dev.checkrein.internal.pause;

import dev.checkrein.internal.bridge.HeldPause;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pause while it is held. */
final class Held implements HeldPause {
    private final Coordinator coordinator;
    private final Round round;
    private final AtomicBoolean held = new AtomicBoolean(true);
    private volatile Runnable lease;

    Held(Coordinator coordinator, Round round) {
        this.coordinator = coordinator;
        this.round = round;
    }

    Round round() {
        return round;
    }

    /** @param callOff keeps it from ending by itself; null if it does not */
    void lease(Runnable callOff) {
        lease = callOff;
    }

    @Override
    public boolean isHeld() {
        return held.get();
    }

    @Override
    public int stopped() {
        return round.standing();
    }

    @Override
    public void close() {
        StackRoom.ensure(); // or it would be ended by half
        if (held.compareAndSet(true, false)) {
            coordinator.end(round);
            Runnable callOff = lease;
            if (callOff != null) {
                callOff.run();
            }
        }
    }
}
