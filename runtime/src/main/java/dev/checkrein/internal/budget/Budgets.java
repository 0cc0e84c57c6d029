package dev.checkrein.internal.budget;

import dev.checkrein.internal.bridge.CallLimits;
import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.timing.Watchdog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The budgets of a JVM's calls. Thread-safe. */
public final class Budgets {
    private static final Budget[] NONE = {};

    private final Watchdog watchdog;

    /** Null until one is needed: the first takes a tenth of a second to make. Guarded by the monitor. */
    private Meter cpuTime;

    private Meter allocatedBytes;

    /** Where nobody has ever had a budget, nobody is asked for one. */
    private volatile boolean everOpened;

    public Budgets(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    /**
     * A call begins, on the calling thread.
     *
     * @param outer of the calls around it, or null
     * @param end asks the call to end; as {@link Budget#share} has it
     * @throws UnsupportedOperationException if the JVM does not tell what this thread uses. Then nothing has changed
     */
    public Counted open(Counted outer, String scopeName, CallLimits limits, Consumer<EndRequest> end) {
        List<Budget> budgets = budgetsToShare(outer, scopeName, limits);
        Budget.Share[] shares = new Budget.Share[budgets.size()];
        everOpened = true;
        for (int i = 0; i < shares.length; i++) {
            try {
                shares[i] = budgets.get(i).share(end);
            } catch (Throwable untold) {
                for (int done = 0; done < i; done++) {
                    shares[done].close();
                }
                throw untold;
            }
        }
        return new Counted(outer, shares);
    }

    private List<Budget> budgetsToShare(Counted outer, String scopeName, CallLimits limits) {
        List<Budget> budgets = new ArrayList<>();
        if (limits.cpuNanos() != CallLimits.NONE) {
            budgets.add(new Budget(scopeName, cpuTime(), limits.cpuNanos(), watchdog));
        }
        if (limits.bytes() != CallLimits.NONE) {
            budgets.add(new Budget(scopeName, allocatedBytes(), limits.bytes(), watchdog));
        }
        for (Budget budget : limits.startedIn() instanceof Budget[] startedIn ? startedIn : NONE) {
            if (outer == null || !outer.contains(budget)) {
                budgets.add(budget);
            }
        }
        return budgets;
    }

    /** Whether there has been one, so that it makes sense to ask which. */
    public boolean everOpened() {
        return everOpened;
    }

    /** What threads count for that are started here, for {@link CallLimits#startedIn}; null if nothing. */
    public static Object of(Counted counted) {
        return counted == null ? null : counted.budgets();
    }

    private synchronized Meter cpuTime() {
        if (cpuTime == null) {
            cpuTime = new CpuTime();
        }
        return cpuTime;
    }

    private synchronized Meter allocatedBytes() {
        if (allocatedBytes == null) {
            allocatedBytes = new AllocatedBytes();
        }
        return allocatedBytes;
    }
}
