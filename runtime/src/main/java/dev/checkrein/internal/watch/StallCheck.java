package dev.checkrein.internal.watch;

import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.Turns;
import dev.checkrein.internal.watch.Sight.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Looks at watched threads at intervals. Runs no code of the application, so that nothing keeps it from the next one. Thread-safe. */
public final class StallCheck implements Duty {
    /** How long threads are waited for to poll, of the interval, where that is just a sign of life. Meanwhile polls of all cost more. */
    private static final int PART_FOR_ASKING = 100;

    private static final long LONGEST_ASKING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SHORTEST_ASKING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** One that has been asked for so long, and was given no processor to answer, is not asked again at once. */
    private static final long LEFT_ALONE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Times times;
    private final long interval;
    private final Turns turns;
    private final Sight sight;
    private final Consumer<Finding> told;
    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private volatile boolean on = true;

    /** Whether all begin anew. */
    private volatile boolean resumed;

    /**
     * @param interval between two checks, in nanoseconds
     * @param told what is found; returns at once
     */
    public StallCheck(Times times, long interval, Turns turns, Consumer<Finding> told) {
        this(times, interval, turns, new LiveSight(), told);
    }

    StallCheck(Times times, long interval, Turns turns, Sight sight, Consumer<Finding> told) {
        this.times = times;
        this.interval = interval;
        this.turns = turns;
        this.sight = sight;
        this.told = told;
    }

    /**
     * Begins to watch a thread.
     *
     * @param byPolls whether its polls are signs of life; else beats are
     * @param remedy what can be done about it; or null
     * @throws OutOfMemoryError if there is no thread to look. Then nothing has changed
     */
    public Watched watch(String name, Thread thread, boolean byPolls, Watched.Remedy remedy) {
        Watched watched = new Watched(name, thread, byPolls, remedy);
        all.add(watched);
        try {
            if (on) {
                turns.within(interval);
            }
        } catch (Throwable noThread) {
            all.remove(watched);
            throw noThread;
        }
        return watched;
    }

    /** It is over. */
    public void end(Watched watched) {
        all.remove(watched);
    }

    /** From now on nobody is looked at. */
    public void off() {
        on = false;
    }

    /** And from now on all are again, as if they had just begun. */
    public void on() {
        if (!on) {
            resumed = true;
            on = true;
            turns.within(interval);
        }
    }

    public boolean isOn() {
        return on;
    }

    @Override
    public long turn() {
        check();
        return on && !all.isEmpty() ? interval : NOT_UNTIL_ASKED;
    }

    /** Looks at all now. Returns how many levels were reached. */
    public synchronized int check() {
        if (!on) {
            return 0;
        }
        boolean anew = resumed;
        resumed = false;
        long now = turns.now();
        List<Watched> toAsk = new ArrayList<>();
        List<Watched> toAskThoroughly = new ArrayList<>();
        int reached = 0;
        for (Watched each : all) {
            reached += apart(() -> look(each, now, anew));
            if (each.isToBeAsked(times, now)) {
                (each.due(times) == null ? toAsk : toAskThoroughly).add(each);
            }
        }
        reached += judge(toAsk, this::ask) + judge(toAskThoroughly, threads -> new Inquiry(sight, threads).answers());
        for (Watched each : all) {
            reached += apart(() -> each.isBlocked() ? act(each, Verdict.BLOCKED) : tellStarved(each));
        }
        return reached;
    }

    /** What fails with one, for want of memory perhaps, is tried again with the next check. Others do not wait for that. */
    private static int apart(IntSupplier forOne) {
        try {
            return forOne.getAsInt();
        } catch (Throwable later) {
            return 0;
        }
    }

    private int look(Watched watched, long now, boolean anew) {
        if (sight.state(watched.thread()) == Thread.State.TERMINATED) {
            all.remove(watched); // nobody else will
            return 0;
        }
        if (anew) {
            watched.reset(now);
        }
        watched.look(now, interval, sight);
        return 0;
    }

    private Answer[] ask(List<Thread> threads) {
        long nanos = Math.max(SHORTEST_ASKING_NANOS, interval / PART_FOR_ASKING);
        return sight.ask(threads, Math.min(nanos, LONGEST_ASKING_NANOS));
    }

    private int judge(List<Watched> asked, Function<List<Thread>, Answer[]> asking) {
        if (asked.isEmpty()) {
            return 0;
        }
        Answer[] answers = asking.apply(asked.stream().map(Watched::thread).toList());
        long now = turns.now();
        int reached = 0;
        for (int i = 0; i < answers.length; i++) {
            Watched each = asked.get(i);
            Answer answer = answers[i];
            reached += apart(() -> judge(each, answer, now));
        }
        return reached;
    }

    private int judge(Watched watched, Answer answer, long now) {
        if (answer == Answer.SILENT) {
            return act(watched, Verdict.STUCK);
        }
        if (!watched.pollsCount()) {
            return act(watched, answer == Answer.OUTSIDE ? Verdict.BLOCKED : Verdict.SLOW);
        }
        if (answer == Answer.POLLED || answer == Answer.NEVER) {
            watched.isWell(now);
        } else if (watched.due(times) != null) {
            watched.notAskedBefore(now + LEFT_ALONE_NANOS);
        }
        return 0;
    }

    private int act(Watched watched, Verdict verdict) {
        int reached = 0;
        for (Level level = watched.due(times); level != null && isStillOn(watched); level = watched.due(times)) {
            long nanos = watched.stalledNanos();
            watched.act(level, Finding.why(watched, verdict, nanos));
            tell(watched, level, verdict, nanos);
            watched.reached(level, times, interval);
            reached++;
        }
        return reached;
    }

    /** It may have given a sign of life, or have ended, while it was asked. */
    private boolean isStillOn(Watched watched) {
        if (watched.takeBeat()) {
            watched.isWell(turns.now());
            return false;
        }
        return all.contains(watched);
    }

    private int tellStarved(Watched watched) {
        int reached = 0;
        for (Level level = watched.dueForStarving(times); level != null; level = watched.dueForStarving(times)) {
            tell(watched, level, Verdict.STARVED, watched.passedNanos());
            reached++;
        }
        return reached;
    }

    private void tell(Watched watched, Level level, Verdict verdict, long nanos) {
        Thread thread = watched.thread();
        told.accept(new Finding(watched, level, verdict, thread, nanos, sight.stack(thread)));
    }
}
