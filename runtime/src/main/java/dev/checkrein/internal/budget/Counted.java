package dev.checkrein.internal.budget;

/** What the thread of a call counts for because of that call. Immutable, but for its shares. */
public final class Counted {
    private final Counted outer;
    private final Budget.Share[] shares;

    Counted(Counted outer, Budget.Share[] shares) {
        this.outer = outer;
        this.shares = shares;
    }

    /** The call has ended. For its own thread, once. Needs no memory. */
    public void close() {
        for (Budget.Share share : shares) {
            share.close();
        }
    }

    /** All that the thread counts for, also because of the calls around this one. */
    Budget[] budgets() {
        int number = 0;
        for (Counted counted = this; counted != null; counted = counted.outer) {
            number += counted.shares.length;
        }
        Budget[] budgets = new Budget[number];
        int next = 0;
        for (Counted counted = this; counted != null; counted = counted.outer) {
            for (Budget.Share share : counted.shares) {
                budgets[next++] = share.budget();
            }
        }
        return budgets;
    }

    /** Whether the thread counts for it already: nothing is counted twice. */
    boolean contains(Budget budget) {
        for (Counted counted = this; counted != null; counted = counted.outer) {
            for (Budget.Share share : counted.shares) {
                if (share.budget() == budget) {
                    return true;
                }
            }
        }
        return false;
    }
}
