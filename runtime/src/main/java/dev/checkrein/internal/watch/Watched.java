package dev.checkrein.internal.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import java.util.Set;

/**
 * A thread that is to get somewhere, and how long it has not.
 *
 * <p>Its time is its own: while it waits all time counts, and while it runs only what it has on a processor. So a busy machine stalls
 * nobody. And no look accounts for more than the time that should have passed since the last: if more did, the machine or the JVM stood
 * still, and the thread with it.
 */
public final class Watched {
    private static final VarHandle BEATEN;

    /** One that had less of a processor, of the time between two looks, may be in native code that waits. */
    private static final int A_LITTLE = 10;

    /**
     * A thread that counts as running and is in native code waits there if it has used less than this part of a processor for so long.
     * One that is starved has more, and may be in native code just as well.
     */
    private static final int NEXT_TO_NOTHING = 500;

    private static final long QUIET_NANOS = 1_000_000_000;

    /** One that had less than this part of the time for itself starves: two on one processor do not. */
    private static final int STARVING = 4;

    static {
        try {
            BEATEN = MethodHandles.lookup().findVarHandle(Watched.class, "beaten", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** As of the last look. */
    enum Condition {
        /** It gets on, or a pause has stopped it. */
        WELL,
        RUNNING,
        BLOCKED,
        STARVED,
        /** In native code, and it is too early to say if it waits there. */
        UNCLEAR
    }

    private final String name;
    private final Thread thread;
    private final boolean byPolls;
    private final Remedy remedy;

    /** Written by the thread, as often as it likes, and taken back by each look. */
    private boolean beaten;

    /** What follows is the check's. */
    private long lookedAt;

    /** Whether there was no look yet, and so nothing to compare with. */
    private boolean fresh = true;

    private long cpu;
    private Condition condition = Condition.WELL;

    /** Its own time without a sign of life, and time as such. */
    private long stalled;

    private long passed;

    /** What was left out of {@link #stalled}. */
    private long late;

    /** How long it has been in native code, as far as looks can tell, and how much of a processor it had meanwhile. */
    private long quiet;

    private long usedInQuiet;
    private boolean inNative;

    /** How often it has begun to wait in its life. */
    private long waits = Sight.UNKNOWN;

    private boolean ending;
    private int levelsReached;
    private final Set<Level> toldStarved = EnumSet.noneOf(Level.class);
    private long notAskedBefore;

    /** @param remedy null if there is nothing that could be done */
    Watched(String name, Thread thread, boolean byPolls, Remedy remedy) {
        this.name = name;
        this.thread = thread;
        this.byPolls = byPolls;
        this.remedy = remedy;
    }

    /** What can be done about a thread that gets nowhere. Returns at once. */
    public interface Remedy {
        /** Asks what it does to end. */
        void cancel(String why);

        /** The same without sparing anything. */
        void insist(String why);
    }

    /** A sign of life. Costs a write, which the JIT keeps in its place. */
    public void beat() {
        BEATEN.setOpaque(this, true);
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    Thread thread() {
        return thread;
    }

    /** Begins anew. */
    void reset(long now) {
        fresh = true;
        isWell(now);
    }

    /** A sign of life; but not of one that has been asked to end, which is to do that and nothing else. */
    void isWell(long now) {
        condition = Condition.WELL;
        quiet = 0;
        usedInQuiet = 0;
        if (!ending) {
            stalled = 0;
            passed = 0;
            late = 0;
            levelsReached = 0;
            toldStarved.clear();
            notAskedBefore = now;
        }
    }

    /** Whether it has got somewhere since the last look, by its own account. */
    boolean takeBeat() {
        if (!(boolean) BEATEN.getOpaque(this)) {
            return false;
        }
        BEATEN.setOpaque(this, false); // a beat that this overwrites came just now
        return !ending;
    }

    /**
     * Accounts for the time since the last look.
     *
     * @param longest that is accounted for
     */
    void look(long now, long longest, Sight sight) {
        long elapsed = Math.max(0, Math.min(now - lookedAt, longest));
        long cpuNow = sight.cpuNanos(thread);
        long used = cpuNow == Sight.UNKNOWN || cpu == Sight.UNKNOWN
                ? Sight.UNKNOWN
                : Math.max(0, Math.min(cpuNow - cpu, elapsed));
        boolean first = fresh;
        lookedAt = now;
        cpu = cpuNow;
        fresh = false;
        boolean waitsAnew = byPolls && waitsAnew(sight);
        if (takeBeat() || first) {
            isWell(now);
        } else if (sight.standsStill(thread)) {
            condition = Condition.WELL;
        } else {
            account(used, elapsed, sight);
            if (pollsCount() && (inNative ? used > 0 : condition == Condition.BLOCKED && waitsAnew)) {
                isWell(now); // it has come back, and so to a poll, and has gone there again
            }
        }
    }

    private boolean waitsAnew(Sight sight) {
        long before = waits;
        waits = sight.waits(thread);
        return before != Sight.UNKNOWN && waits != Sight.UNKNOWN && waits != before;
    }

    private void account(long used, long elapsed, Sight sight) {
        boolean clearBefore = condition != Condition.UNCLEAR;
        long quietBefore = quiet;
        condition = condition(used, elapsed, sight);
        passed += elapsed;
        if (condition == Condition.BLOCKED) {
            stalled += clearBefore ? elapsed : quietBefore + elapsed;
        } else if (condition == Condition.RUNNING && used == Sight.UNKNOWN) {
            stalled += elapsed;
        } else if (condition != Condition.UNCLEAR) {
            stalled += Math.max(0, used);
        }
        if (condition == Condition.RUNNING || condition == Condition.STARVED) {
            quiet = 0;
            usedInQuiet = 0;
        }
    }

    private Condition condition(long used, long elapsed, Sight sight) {
        inNative = false;
        if (sight.state(thread) != Thread.State.RUNNABLE) {
            return Condition.BLOCKED;
        }
        if (used != Sight.UNKNOWN && used >= elapsed / A_LITTLE) {
            return Condition.RUNNING;
        }
        return switch (sight.place(thread)) {
            case NATIVE -> inNative(used, elapsed);
            case NOWHERE -> Condition.STARVED;
            case JAVA -> used == Sight.UNKNOWN ? Condition.RUNNING : Condition.STARVED;
        };
    }

    private Condition inNative(long used, long elapsed) {
        inNative = true;
        quiet += elapsed;
        usedInQuiet += Math.max(0, used);
        if (usedInQuiet > quiet / NEXT_TO_NOTHING) {
            return Condition.STARVED;
        }
        return quiet >= QUIET_NANOS ? Condition.BLOCKED : Condition.UNCLEAR;
    }

    /** The first level whose time has come and that has not been reached; or null. Starving leads to none. */
    Level due(Times times) {
        Level[] levels = Level.values();
        if (condition != Condition.RUNNING && condition != Condition.BLOCKED) {
            return null;
        }
        while (levelsReached < levels.length && !times.have(levels[levelsReached])) {
            levelsReached++;
        }
        return levelsReached < levels.length && stalled >= times.until(levels[levelsReached])
                ? levels[levelsReached]
                : null;
    }

    /**
     * It has come to a level; perhaps long after its time, as nothing could be said before. The next one keeps its distance.
     *
     * @param latest how late is still in time
     */
    void reached(Level level, Times times, long latest) {
        levelsReached = level.ordinal() + 1;
        long tooLate = Math.max(0, stalled - times.until(level) - latest);
        stalled -= tooLate;
        late += tooLate;
    }

    /** The first level that only tells whose time has come but for the thread, which had no processor for most of it; or null. */
    Level dueForStarving(Times times) {
        boolean starved = (condition == Condition.STARVED || condition == Condition.RUNNING)
                && stalledNanos() < passed / STARVING;
        for (Level level : new Level[] {Level.WARN, Level.REPORT}) {
            if (starved && passed >= times.until(level) && toldStarved.add(level)) {
                return level;
            }
        }
        return null;
    }

    /** Whether to find out if it polls: because that counts, or since it is to be said what it does. */
    boolean isToBeAsked(Times times, long now) {
        return condition == Condition.RUNNING && (due(times) != null || pollsCount()) && now - notAskedBefore >= 0;
    }

    void notAskedBefore(long time) {
        notAskedBefore = time;
    }

    /** Whether a poll is a sign of life. */
    boolean pollsCount() {
        return byPolls && !ending;
    }

    /** Whether it is to beat. */
    boolean isToBeat() {
        return !byPolls;
    }

    boolean isBlocked() {
        return condition == Condition.BLOCKED;
    }

    /** How much of its own time it has given no sign of life. */
    long stalledNanos() {
        return stalled + late;
    }

    long passedNanos() {
        return passed;
    }

    /** What the level calls for. */
    void act(Level level, String why) {
        if (remedy == null) {
            return;
        }
        if (level == Level.CANCEL) {
            ending = true;
            remedy.cancel(why);
        } else if (level == Level.INSIST) {
            ending = true;
            remedy.insist(why);
        }
    }
}
