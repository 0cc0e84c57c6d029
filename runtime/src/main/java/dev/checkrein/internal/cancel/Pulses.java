package dev.checkrein.internal.cancel;

/**
 * Keeps the flag of the {@link PollSwitch} set while that can help, and no longer: while it is, all threads take the slow path
 * at their polls. Each request begins a pulse, and so does everything that is done to deliver it. What polls at returns look at
 * stays set from the first request to the end of the last, since it costs next to nothing there. A pause keeps both set all the
 * time: that is what stops threads that start or come back.
 *
 * <p>Memory ordering: a request is stored in its call, with a volatile write, before {@link #begin} is called for it, and
 * the flag is written after that, volatile too. A poll that reads it so and sees it set therefore sees the request; one that
 * reads it plainly may not, on some processors, and goes on to the next poll. Everything here happens
 * under one monitor, so the last write of the flag belongs to the last change.
 */
final class Pulses {
    /** Long enough for a thread that runs to come to some polls. */
    private static final long FLASH_NANOS = 20_000;

    private final PollSwitch polls;
    private int requests;
    private int holds;
    private boolean pulsing;
    private long until;
    private long requestsEver;
    private long pulsesEver;

    /** What the flags are. */
    private boolean pending;

    private boolean returning;

    Pulses(PollSwitch polls) {
        this.polls = polls;
    }

    /**
     * A request is made, and a pulse begins.
     *
     * @param end in {@link System#nanoTime()}
     */
    synchronized void begin(long end) {
        requestsEver++;
        requests++;
        pulse(end);
    }

    /** A pulse begins, or goes on, if there are requests. */
    synchronized void pulse(long end) {
        if (requests == 0) {
            return;
        }
        if (!pulsing || end - until > 0) {
            until = end;
        }
        if (!pulsing) {
            pulsing = true;
            pulsesEver++;
        }
        writeFlags();
    }

    /** Sets the flag for an instant, for {@link Training}. */
    synchronized void flash() {
        if (!pending) {
            polls.pending(true);
            try {
                long start = System.nanoTime();
                while (System.nanoTime() - start < FLASH_NANOS) {
                    Thread.onSpinWait();
                }
            } finally {
                polls.pending(false);
            }
        }
    }

    /** A pause begins: from now on to {@link #letGo} all polls are slow. */
    synchronized void hold() {
        holds++;
        writeFlags();
    }

    /** A pause has ended. */
    synchronized void letGo() {
        holds--;
        writeFlags();
    }

    /** The call of a request has ended. */
    synchronized void end() {
        if (--requests == 0) {
            pulsing = false;
            writeFlags();
        }
    }

    /** Ends the pulse if its time is over. How much is left of it, zero if there is none now. */
    synchronized long nanosLeft(long now) {
        if (pulsing && now - until >= 0) {
            pulsing = false;
        }
        writeFlags();
        return pulsing ? until - now : 0;
    }

    /** How many there have been. */
    synchronized long requestsEver() {
        return requestsEver;
    }

    /** How many there have been. */
    synchronized long pulsesEver() {
        return pulsesEver;
    }

    /** Whoever comes next makes up for a write that failed. */
    private void writeFlags() {
        boolean slow = pulsing || holds > 0;
        if (pending != slow) {
            polls.pending(slow);
            pending = slow;
        }
        boolean open = requests > 0 || holds > 0;
        if (returning != open) {
            polls.returning(open);
            returning = open;
        }
    }
}
