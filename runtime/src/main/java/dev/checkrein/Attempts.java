package dev.checkrein;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** The runs of one call's body: the first, and others as long as it has to be ended and may be begun again. For one thread. */
final class Attempts {
    private final OnCancelled onCancelled;
    private final Quarantine quarantine;
    private final Limits limits;
    private final BooleanSupplier endedForGood;
    private final List<Exception> earlier = new ArrayList<>();

    private boolean begun;

    /** What the last one had to be ended with; null if it has ended by itself. */
    private Exception endedWith;

    /** @param endedForGood whether the scope was cancelled, or what is around it is to end */
    Attempts(OnCancelled onCancelled, Quarantine quarantine, Limits limits, BooleanSupplier endedForGood) {
        this.onCancelled = onCancelled;
        this.quarantine = quarantine;
        this.limits = limits;
        this.endedForGood = endedForGood;
    }

    /**
     * One that had begun is over.
     *
     * @param with what it had to be ended with, and will throw; or null
     */
    void over(Exception with) {
        begun = true;
        endedWith = with;
    }

    /**
     * Runs it until that is all.
     *
     * @param attempt tells {@link #over}
     * @return what the last run returns
     * @throws Exception what it throws; those before it are suppressed there
     * @throws QuarantinedException instead of beginning, if that is so
     */
    <T> T run(Callable<T> attempt) throws Exception {
        quarantine.check();
        while (true) {
            begun = false;
            endedWith = null;
            try {
                T result = attempt.call();
                quarantine.endedByItself();
                return result;
            } catch (Throwable thrown) {
                if (!mayBeginAgain()) {
                    throw CancellationScope.<RuntimeException>unchecked(withEarlier(thrown));
                }
                earlier.add(endedWith);
            }
        }
    }

    private boolean mayBeginAgain() {
        if (endedWith == null) {
            if (begun) {
                quarantine.endedByItself();
            }
            return false;
        }
        if (endedForGood.getAsBoolean()) {
            return false;
        }
        if (earlier.size() < onCancelled.retries() && !limits.areOver()) {
            return true;
        }
        quarantine.ended(endedWith);
        return false;
    }

    private Throwable withEarlier(Throwable thrown) {
        earlier.forEach(thrown::addSuppressed);
        return thrown;
    }
}
