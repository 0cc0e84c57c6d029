package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.bridge.Rung;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** The rest of a thread's life; or, if the thread does one piece of work after the other for others, what it is at. */
final class ThreadCall extends UnscopedCall {
    /** Null if it is not known to work for others. */
    private final BooleanSupplier workIsOver;

    ThreadCall(
            Thread thread,
            BooleanSupplier workIsOver,
            Ladder ladder,
            BiFunction<String, Throwable, Error> errors,
            Delivery delivery,
            Unscoped all) {
        super(thread, "thread " + thread.getName(), ladder, errors, delivery, all);
        this.workIsOver = workIsOver;
    }

    @Override
    boolean isOver() {
        return !thread().isAlive() || workIsOver != null && workIsOver.getAsBoolean();
    }

    /** A pool's worker has done so itself before the next task, which may have been interrupted by somebody else. */
    @Override
    boolean takesInterruptBack() {
        return workIsOver == null;
    }

    /** Of work that is over nothing is on the stack. */
    @Override
    Shields.Found findAtPoll(Shields shields, ThreadCalls calls, Rung rung) {
        if (isOver()) {
            end();
            return Shields.Found.SHIELD;
        }
        return super.findAtPoll(shields, calls, rung);
    }
}
