package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.ThreadsLateException;
import dev.checkrein.internal.pause.Coordinator;
import dev.checkrein.internal.timing.OwnThread;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ObjLongConsumer;

/** Pauses for threads of the application, which are not to be stopped themselves while the runtime works for them. Thread-safe. */
final class EnginePauses {
    private static final long REHEARSAL_NANOS = 1_000_000_000;

    /** Of nobody. */
    private static final PauseOrder REHEARSAL =
            new PauseOrder("rehearsal", 0, REHEARSAL_NANOS, PauseOrder.UNLIMITED, thread -> false, true);

    private final Coordinator coordinator;

    static {
        new GuardedPause(null); // is loaded while nobody stands still, who might hold a lock for that
    }

    EnginePauses(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    /**
     * Has everything ready for the first pause, a while from now: what tells the times of threads takes a tenth of a second to make.
     * On a thread of its own, since others have better things to do.
     */
    void rehearse() {
        OwnThread.daemon(
                        () -> {
                            LockSupport.parkNanos(REHEARSAL_NANOS);
                            try (HeldPause nobody = coordinator.pause(REHEARSAL)) {
                                nobody.isHeld();
                            } catch (ThreadsLateException | RuntimeException unrehearsed) {
                                // The first pause takes a little longer then.
                            }
                            coordinator.statistics().forget(REHEARSAL.reason());
                        },
                        "checkrein-rehearsal")
                .start();
    }

    /** Null if it was to be refused while there is another, and there is. */
    HeldPause pause(PauseOrder order) throws ThreadsLateException {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            HeldPause pause = coordinator.pause(order);
            return pause == null ? null : new GuardedPause(pause);
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    int handshake(PauseOrder order, ObjLongConsumer<Thread> action) throws ThreadsLateException {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            return coordinator.handshake(order, action);
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    /** What takes locks is not to be stopped in between. */
    Map<String, Object> stats() {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            return coordinator.statistics().figures();
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    void resetStats() {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            coordinator.statistics().reset();
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }
}
