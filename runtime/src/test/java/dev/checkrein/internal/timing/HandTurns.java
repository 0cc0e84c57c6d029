package dev.checkrein.internal.timing;

/** A clock that a test advances, for duties whose turns it takes by hand. Not thread-safe but for {@link #now}. */
public final class HandTurns implements Turns {
    /** About to overflow, as that of the system may be. */
    private volatile long now = Long.MAX_VALUE - 1_000;

    private long asked = Duty.NOT_UNTIL_ASKED;
    private boolean refuse;

    @Override
    public long now() {
        return now;
    }

    @Override
    public synchronized void within(long nanos) {
        if (refuse) {
            throw new OutOfMemoryError("no thread, on purpose");
        }
        asked = Math.min(asked, nanos);
    }

    public void advance(long nanos) {
        now += nanos;
    }

    /** From now on there is no thread. */
    public void refuse() {
        refuse = true;
    }

    /** Within which time a turn was asked for, since this was last asked. */
    public synchronized long takeAsked() {
        long taken = asked;
        asked = Duty.NOT_UNTIL_ASKED;
        return taken;
    }
}
