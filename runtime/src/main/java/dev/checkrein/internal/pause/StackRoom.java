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

    private StackRoom() {}

    /** @throws StackOverflowError if there is not enough */
    public static void ensure() {
        descend(FRAMES);
    }

    private static int descend(int frames) {
        return frames == 0 ? 0 : 1 + descend(frames - 1);
    }
}
