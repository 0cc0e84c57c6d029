package dev.checkrein.internal.cancel;

import dev.checkrein.internal.pause.Arming;
import dev.checkrein.internal.pause.PollHold;
import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.OwnThread;
import dev.checkrein.internal.timing.Turns;
import java.util.List;

/**
 * What a pause needs of polls, shared with the requests to end calls. Asked by the requester of a pause; what changes code is done by
 * the thread that does so for {@link Delivery}.
 */
final class PausePolls implements Arming, PollHold, Duty {
    private final PollSwitch polls;
    private final Pulses pulses;
    private final Delivery delivery;
    private final Training training;
    private final Turns turns;

    private volatile boolean entriesArmed;

    /** What is to be done. Guarded by the monitor, as is the rest. */
    private boolean entriesWanted;

    private Throwable entriesFailure;
    private List<Thread> late = List.of();
    private boolean anew;
    private boolean arming;
    private boolean settle;

    PausePolls(PollSwitch polls, Pulses pulses, Delivery delivery, Training training, Turns turns) {
        this.polls = polls;
        this.pulses = pulses;
        this.delivery = delivery;
        this.training = training;
        this.turns = turns;
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
            synchronized (this) {
                entriesWanted = true;
                entriesFailure = null;
            }
            turns.within(0);
            awaitEntries();
        }
    }

    private synchronized void awaitEntries() {
        boolean interrupted = false;
        while (entriesWanted) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (entriesFailure != null) {
            throw new IllegalStateException("polls at entries could not be armed", entriesFailure);
        }
    }

    @Override
    public void arm(List<Thread> some, boolean lookAnew) {
        synchronized (this) {
            late = some;
            anew = lookAnew;
        }
        turns.within(0);
    }

    @Override
    public synchronized boolean isDone() {
        return late.isEmpty() && !arming;
    }

    @Override
    public void settle() {
        synchronized (this) {
            late = List.of();
            settle = true;
        }
        turns.within(0);
    }

    @Override
    public long turn() {
        if (areEntriesWanted()) {
            Throwable failure = tryToArmEntries();
            synchronized (this) {
                entriesFailure = failure;
                entriesWanted = false;
                notifyAll();
            }
        }
        List<Thread> some;
        boolean lookAnew;
        synchronized (this) {
            some = late;
            late = List.of();
            arming = !some.isEmpty();
            lookAnew = anew;
            if (settle) {
                settle = false;
                delivery.settle();
            }
        }
        if (!some.isEmpty()) {
            try {
                delivery.armFor(some, lookAnew);
            } finally {
                done();
            }
        }
        return NOT_UNTIL_ASKED;
    }

    private synchronized void done() {
        arming = false;
    }

    private synchronized boolean areEntriesWanted() {
        return entriesWanted;
    }

    private Throwable tryToArmEntries() {
        try {
            polls.armAllEntries();
            entriesArmed = true;
            training.begin();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }
}
