package dev.checkrein.it.programs.kill;

/** A class whose initialiser does not end before it is told to. */
public final class InitialisedForLong {
    public static final int VALUE;

    static {
        ShieldedRows.loopUntilReleased();
        VALUE = 42;
    }

    private InitialisedForLong() {}
}
