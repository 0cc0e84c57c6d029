package dev.checkrein.agent.rewrite;

/** Stands in for the stub in methods that a test runs: counts polls and the instructions between them. One thread only. */
public final class CountingPolls {
    private static long sincePoll;
    private static long mostWithoutPoll;
    private static long polls;

    private CountingPolls() {}

    static void reset() {
        sincePoll = 0;
        mostWithoutPoll = 0;
        polls = 0;
    }

    static long polls() {
        return polls;
    }

    static long mostWithoutPoll() {
        return mostWithoutPoll;
    }

    /** Called before each instruction. */
    public static void tick() {
        mostWithoutPoll = Math.max(mostWithoutPoll, ++sincePoll);
    }

    public static void atLoop() {
        poll();
    }

    public static void atEntry() {
        poll();
    }

    public static void atAllocation() {
        poll();
    }

    public static void atReturn() {
        poll();
    }

    private static void poll() {
        polls++;
        sincePoll = 0;
    }
}
