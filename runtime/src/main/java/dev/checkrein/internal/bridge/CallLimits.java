package dev.checkrein.internal.bridge;

/**
 * What a call may take.
 *
 * @param deadlineNanos as {@link Engine#enter} has it
 * @param cpuNanos how long its threads may be on a processor together, or {@link #NONE}
 * @param bytes how much they may allocate together, or {@link #NONE}
 * @param startedIn what {@link Engine#budgets} said on the thread that started this one; null if nothing
 */
public record CallLimits(long deadlineNanos, long cpuNanos, long bytes, Object startedIn) {
    /** As much as it likes. */
    public static final long NONE = Engine.NO_DEADLINE;
}
