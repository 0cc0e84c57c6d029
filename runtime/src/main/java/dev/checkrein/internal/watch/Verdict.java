package dev.checkrein.internal.watch;

/** Why a thread gets nowhere. */
public enum Verdict {
    /** It runs, and comes to polls where there are any. */
    SLOW,
    /** It waits for something, or is in native code that uses no processor. */
    BLOCKED,
    /** It runs and comes to no poll. */
    STUCK,
    /** It would run, if it were given a processor. */
    STARVED
}
