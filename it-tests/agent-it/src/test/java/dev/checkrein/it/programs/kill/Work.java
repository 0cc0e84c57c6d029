package dev.checkrein.it.programs.kill;

/** One piece of work, for one run of a row. */
@FunctionalInterface
interface Work {
    /**
     * Does not end by itself, unless the row says so.
     *
     * @param begun to be run when there is something to end, or just before the thread blocks
     */
    void run(Runnable begun) throws Exception;

    /** Lets go of whatever it waits for or left behind. On the requester's thread, when it has ended or nothing else will end it. */
    default void release() throws Exception {}

    /**
     * It has ended. On the requester's thread.
     *
     * @param byItself whether it came to its end before it was ended
     * @throws Exception if anything is not as it should be
     */
    default void ended(boolean byItself) throws Exception {}
}
