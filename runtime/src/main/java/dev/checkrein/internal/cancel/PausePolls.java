package dev.checkrein.internal.cancel;

import dev.checkrein.internal.pause.Arming;
import dev.checkrein.internal.pause.PollHold;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a pause needs of polls, shared with the requests to end calls. Thread-safe. */
final class PausePolls implements Arming, PollHold {
    private final PollSwitch polls;
    private final Pulses pulses;
    private final Delivery delivery;
    private final Watchdog worker;
    private final AtomicBoolean arming = new AtomicBoolean();
    private volatile boolean entriesArmed;

    PausePolls(PollSwitch polls, Pulses pulses, Delivery delivery, Watchdog worker) {
        this.polls = polls;
        this.pulses = pulses;
        this.delivery = delivery;
        this.worker = worker;
    }

    @Override
    public void begin() {
        pulses.hold();
    }

    @Override
    public void end() {
        pulses.letGo();
    }

    @Override
    public boolean isOwn(Thread thread) {
        return thread instanceof OwnThread;
    }

    @Override
    public void armEntries() {
        if (!entriesArmed) {
            await(worker.after(0, polls::armAllEntries));
            entriesArmed = true;
        }
    }

    private static void await(Future<?> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("polls at entries could not be armed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void arm(List<Thread> late, boolean anew) {
        if (arming.compareAndSet(false, true)) {
            worker.after(0, () -> {
                try {
                    delivery.armFor(late, anew);
                } finally {
                    arming.set(false);
                }
            });
        }
    }

    @Override
    public void settle() {
        worker.after(0, delivery::settle);
    }
}
