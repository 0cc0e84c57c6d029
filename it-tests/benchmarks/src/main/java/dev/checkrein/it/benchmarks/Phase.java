package dev.checkrein.it.benchmarks;

import java.util.Locale;

/** What has been stopped, or is being stopped, in a JVM while its speed is measured. */
public enum Phase {
    /** Nothing ever was. */
    BEFORE(0, Company.NONE),
    /** Twenty late stops of a thread that ran the same code. */
    AFTER_20(20, Company.NONE),
    /** Two thousand. */
    AFTER_2000(2000, Company.NONE),
    /** Another thread that runs the same code is stopped ten times a second. */
    WHILE_STOPPED(0, Company.STOPPED),
    /** All threads are paused ten times a second. */
    WHILE_PAUSED(0, Company.PAUSED),
    /** A call that spins in a class initialiser was cancelled, and cannot be ended as long as it is in there. */
    SHIELDED(0, Company.SHIELDED),
    /** A call that waits for a monitor which is never released was cancelled. */
    BLOCKED(0, Company.BLOCKED);

    /**
     * Who else is at work. Without the agent the same company keeps as busy, but is asked to stop in a way that it looks out for,
     * or not at all: the ratio then shows what the stops cost, not what the company does.
     */
    public enum Company {
        NONE,
        STOPPED,
        PAUSED,
        SHIELDED,
        BLOCKED
    }

    private final int lateStops;
    private final Company company;

    Phase(int lateStops, Company company) {
        this.lateStops = lateStops;
        this.company = company;
    }

    /** How often the code is stopped before it is measured, each time after it has run hot for a while. */
    public int lateStops() {
        return lateStops;
    }

    /** Who else is at work while it is measured. */
    public Company company() {
        return company;
    }

    /** Its name for tables and the command line: {@code after-20}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
