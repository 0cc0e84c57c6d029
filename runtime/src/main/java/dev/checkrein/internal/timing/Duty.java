package dev.checkrein.internal.timing;

/** Work that a thread of its own does in turns: in each, what is due by then. */
public interface Duty {
    /** There is nothing to do until somebody asks. */
    long NOT_UNTIL_ASKED = Long.MAX_VALUE;

    /**
     * Does what is due. What cannot be done now, for want of memory perhaps, is still there the next time.
     *
     * @return in how many nanoseconds there is something to do again, or {@link #NOT_UNTIL_ASKED}
     */
    long turn();
}
