package dev.checkrein.it.programs;

import dev.checkrein.Checkrein;
import java.util.Arrays;

/** Computes for a while, in loops of its own that poll, or in the JDK, which does not. Prints what share of the time polls took. */
public final class PollTime {
    private static final int ROUNDS = 4_000;
    private static final int[] NUMBERS = new int[100_000];

    static long sink;

    private PollTime() {}

    public static void main(String[] args) {
        for (int round = 0; round < ROUNDS; round++) {
            sink += args[0].equals("in loops") ? sumHere() : Arrays.hashCode(NUMBERS);
        }
        System.out.println(
                Checkrein.pollTime().map(time -> "share: " + time.share()).orElse("unknown"));
        System.out.println(
                "measuring left alone: " + (Checkrein.status().executed().allocations() < ROUNDS));
    }

    private static long sumHere() {
        long sum = 0;
        for (int number : NUMBERS) {
            sum += number ^ sum >>> 1;
        }
        return sum;
    }
}
