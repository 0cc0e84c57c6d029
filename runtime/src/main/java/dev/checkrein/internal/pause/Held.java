package dev.checkrein.internal.pause;

import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.PauseOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/** A pause while it is held. */
final class Held implements HeldPause {
    private final Coordinator coordinator;
    private final Round round;
    private final AtomicBoolean held = new AtomicBoolean(true);
    private final Runnable ending = this::close;

    /** Calls off its end by itself; null if there is none. */
    private volatile Runnable lease;

    Held(Coordinator coordinator, Round round) {
        this.coordinator = coordinator;
        this.round = round;
    }

    Round round() {
        return round;
    }

    /** From now on it ends by itself after so long; or never. */
    void lease(BiFunction<Runnable, Long, Runnable> timer, long nanos) {
        if (nanos != PauseOrder.UNLIMITED) {
            lease = timer.apply(ending, nanos);
        }
    }

    /** It has not come about, and nothing is to end it: that would be another one. */
    void doesNotHold() {
        held.set(false);
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
