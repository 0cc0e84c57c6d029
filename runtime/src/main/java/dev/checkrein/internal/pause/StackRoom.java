package dev.checkrein.internal.pause;

/**
 * Makes sure that what comes next does not run out of stack halfway. A {@code StackOverflowError} in the middle of a
 * change to what all threads share, the watchdog's queue for one, would break it for everybody; here nothing has been
 * changed yet.
 */
public final class StackRoom {
    /**
     * The deepest thing that needs room, starting the watchdog and queueing a deadline, takes about twenty frames of
     * interpreted code. These frames are the smallest there are once compiled, a fifth of an interpreted one or less:
     * five times as many would do, this many are to be sure, and cost well below a microsecond.
     */
    private static final int FRAMES = 400;

    /**
     * To stand still and to go on takes as many frames at most, but a thousand threads do so at once, each on a stack that is in no
     * cache: with 400 frames it was a quarter of the time until all had stopped.
     */
    private static final int FRAMES_TO_STAND_STILL = 100;

    private StackRoom() {}

    /** @throws StackOverflowError if there is not enough */
    public static void ensure() {
        descend(FRAMES);
    }

    /** The same for a thread that comes to a poll in a pause. */
    static void ensureToStandStill() {
        descend(FRAMES_TO_STAND_STILL);
    }

    private static int descend(int frames) {
        return frames == 0 ? 0 : 1 + descend(frames - 1);
    }
}
