package dev.checkrein.internal.bridge;

/** What a poll tells the slow path of itself. */
public final class PollCode {
    /** At a back-edge. */
    public static final int LOOP = 0;
    /** At a method's entry. */
    public static final int ENTRY = 1;
    /** After an allocation. */
    public static final int ALLOCATION = 2;
    /** After a call that may have blocked. Nothing may be thrown here: what the call acquired would be lost. */
    public static final int RETURN = 3;

    /** How many there are. */
    public static final int COUNT = 4;

    private PollCode() {}
}
