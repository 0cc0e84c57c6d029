package dev.checkrein;

/** Counts the calls of a scope that had to be ended one after the other. Thread-safe. */
final class Quarantine {
    private final String scopeName;

    /** Zero for never. */
    private final int after;

    private int endedInARow;

    /** What the last one threw. Null while there is no quarantine. */
    private Exception last;

    Quarantine(String scopeName, int after) {
        this.scopeName = scopeName;
        this.after = after;
    }

    /** @throws QuarantinedException if no call may begin */
    synchronized void check() {
        if (last != null) {
            throw new QuarantinedException(
                    "scope \"" + scopeName + "\" is quarantined: the last " + after
                            + (after == 1 ? " call" : " calls")
                            + " of it had to be ended. CancellationScope.release() has it take calls again",
                    last);
        }
    }

    /** A call had to be ended. */
    synchronized void ended(Exception with) {
        endedInARow++;
        if (after > 0 && endedInARow >= after) {
            last = with;
        }
    }

    /** A call has ended by itself. In quarantine that changes nothing. */
    synchronized void endedByItself() {
        endedInARow = 0;
    }

    synchronized void release() {
        endedInARow = 0;
        last = null;
    }

    synchronized boolean isOn() {
        return last != null;
    }
}
