package dev.checkrein.it.programs.soak;

import java.util.HashMap;
import java.util.Map;

/** Takes a while to be initialised. Made again and again by loaders of their own, of which it can only use what is public. */
public final class Fresh {
    /** What comes out if nothing went wrong. */
    public static final int EXPECTED = 1_000;

    /** How many there are then. */
    public static final int VALUE;

    static {
        Map<Integer, int[]> made = new HashMap<>();
        for (int i = 0; i < EXPECTED; i++) {
            made.put(i, one(i));
        }
        FreshStep.waitPerhaps();
        VALUE = made.size();
    }

    private Fresh() {}

    private static int[] one(int number) {
        return new int[] {number};
    }
}
