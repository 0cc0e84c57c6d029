package dev.checkrein.internal.pause;

import java.util.List;

/** The threads that a coordinator looks after. But for {@link #callerWaits}, asked by the requester of the round alone. */
interface Population {
    /** Before the round begins: what is needed must not be made while threads stand still, which may hold locks. */
    void prepare();

    /**
     * Those that the round wants and that neither have arrived nor are outside, as of a moment during this call. Whoever is
     * outside polls before it does anything that counts.
     *
     * @param turn how often this was asked in the round before
     */
    List<Thread> running(Round round, int turn);

    /** All threads, running or not, but those that work for Checkrein itself; virtual ones only while they run. */
    List<Thread> all();

    /** Does what can be done, without waiting for it, to have threads poll which the round has been waiting for. */
    void hurry(Round round, List<Thread> running, int turn);

    /** Whether the calling thread is one of them: others that poll go on. */
    boolean containsCaller();

    /** Whether the calling thread waits for its turn to pause others, during which it need not be waited for. */
    void callerWaits(boolean value);

    /** Everybody has been let go, by whichever thread. */
    void over();
}
