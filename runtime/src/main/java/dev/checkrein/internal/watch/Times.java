package dev.checkrein.internal.watch;

/** How much of its own time a thread may get nowhere until it comes to a level, for each in nanoseconds, in ascending order. */
public final class Times {
    /** The level is left out. */
    public static final long NEVER = Long.MAX_VALUE;

    private final long[] nanos;

    /** @param byLevel one for each {@link Level}, in their order; {@link #NEVER} where there is none */
    public Times(long... byLevel) {
        nanos = byLevel.clone();
    }

    /** Until this level. */
    public long until(Level level) {
        return nanos[level.ordinal()];
    }

    /** Whether there is such a level. */
    public boolean have(Level level) {
        return until(level) != NEVER;
    }
}
