package dev.checkrein.internal.cancel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Brings a request to the thread it is meant for. The thread itself throws at its polls; what is left to do from outside is to
 * have the code that it is in poll, and to wake it when it is blocked. It may go on to other code, or block again, at any time, so
 * this comes back, less and less often.
 *
 * <p>On a thread of its own, because looking at a stack, redefining a class and flipping a call site may all have to wait for
 * the whole JVM to stop.
 */
final class Delivery {
    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

    /** Long enough for code that was just thrown back to the interpreter to come to its next poll; half a percent of the time. */
    private static final long PULSE_NANOS = 5_000_000;

    /** For about two seconds the polls of a thread that runs are armed all the time: each turn of its loop may take long. */
    private static final int LAST_STEP_WITHOUT_PAUSE = 10;

    /** Later those polls are that read the flag, of all threads, a tenth of the time. Those in its own loops stay armed. */
    private static final long PULSE_WHILE_RUNNING_NANOS = 100_000_000;

    /** From this step on entries and allocations in the code that a thread runs poll too: it may be in a recursion. */
    private static final int STEP_OF_ENTRIES = 1;

    /** From this step on, if it still runs: it may be in compiled code that reads no flag. */
    private static final int STEP_OF_LOOKING_ANEW = 2;

    /** After half a second or so it is in code that does not poll at all, and others may be in the same. */
    private static final int LAST_STEP_OF_LOOKING_ANEW = 9;

    /** And from this one on if it was not seen running, or polls and does not end. */
    private static final int STEP_OF_OTHER_ENTRIES = 4;

    /** From this step on, after a quarter of a second, those everywhere: what calls back from the JDK may never be seen on the stack. */
    private static final int STEP_OF_ALL_ENTRIES = 8;

    /** More calls than any thread is in. */
    private static final int WHOLE_STACK = Integer.MAX_VALUE;

    /** Short programs never pay for it. */
    private static final long REHEARSAL_NANOS = 1_000_000_000;

    /** No class of this name need be there. */
    private static final String REHEARSAL = "dev.checkrein.Rehearsal";

    private final PollSwitch polls;
    private final Pulses pulses;

    /** Calls whose thread runs code that may come to a poll at any time. The worker's alone. */
    private final Set<ScopeCall> reachable = new HashSet<>();

    /** Whether loops are armed for threads that a pause waits for. The worker's alone. */
    private boolean pausing;

    private final Watchdog worker;
    private final boolean pollsInstalled;
    private final LongSupplier nanoClock;

    /** @param nanoClock what politeness is measured by */
    Delivery(PollSwitch polls, Pulses pulses, Watchdog worker, boolean pollsInstalled, LongSupplier nanoClock) {
        this.polls = polls;
        this.pulses = pulses;
        this.worker = worker;
        this.pollsInstalled = pollsInstalled;
        this.nanoClock = nanoClock;
    }

    /** The request has just been stored in its call; under the call's monitor. */
    void requested() {
        pulses.begin(System.nanoTime() + PULSE_NANOS);
    }

    /** The call that was asked to end has ended; under its monitor. */
    void ended() {
        pulses.end();
    }

    /** Takes over from {@link #ended}. */
    void finish(ScopeCall call) {
        worker.after(0, () -> {
            reachable.remove(call);
            stopIfOver();
        });
    }

    /** Takes over from {@link #requested}. */
    void start(ScopeCall call) {
        worker.after(0, () -> step(call, 0));
        worker.after(PULSE_NANOS, this::stopIfOver);
    }

    /** The call's thread has come back to code that polls. */
    void returned(ScopeCall call) {
        worker.after(0, () -> look(call, 0));
    }

    /** Under the names of the components of {@code Checkrein.Stops}. */
    Map<String, Long> status() {
        Map<String, Long> status = new HashMap<>(polls.changes());
        status.put("requests", pulses.requestsEver());
        status.put("pulses", pulses.pulsesEver());
        return status;
    }

    /**
     * Does, some time after the start and on the worker's thread, all that a stop does, so that the first one that somebody waits
     * for finds classes loaded and call sites linked.
     *
     * @param stop enters a call, has it asked to end, polls, and leaves it
     */
    void rehearse(Runnable stop) {
        worker.after(REHEARSAL_NANOS, () -> {
            polls.armLoops(Set.of(REHEARSAL));
            stop.run();
            stopIfOver();
        });
    }

    /** Has code that these threads run poll, until {@link #settle}. On the worker's thread. */
    void armFor(List<Thread> late, boolean anew) {
        pausing = true;
        Set<String> classNames = new HashSet<>();
        Set<String> innermost = new HashSet<>();
        for (Thread thread : late) {
            ThreadSighting sighting = ThreadSighting.of(thread, WHOLE_STACK);
            classNames.addAll(sighting.classNames());
            innermost.addAll(sighting.innermostClassNames());
        }
        polls.armLoops(classNames);
        if (anew) {
            polls.lookAnew(innermost);
        }
    }

    /** Ends the effect of {@link #armFor}. On the worker's thread. */
    void settle() {
        pausing = false;
        stopIfOver();
    }

    private void step(ScopeCall call, int step) {
        boolean open = true;
        try {
            open = look(call, step);
        } finally { // whatever went wrong, the request must not be forgotten
            if (open) {
                worker.after(pauseAfter(step, System.nanoTime()), () -> step(call, step + 1));
            }
        }
    }

    /** Doubles with every step. At last all requests take their steps at the same time, so that they share a pulse. */
    private static long pauseAfter(int step, long now) {
        long pause = FIRST_PAUSE_NANOS << Math.min(step, 20);
        return pause < LONGEST_PAUSE_NANOS ? pause : LONGEST_PAUSE_NANOS - Math.floorMod(now, LONGEST_PAUSE_NANOS);
    }

    /** Whether it makes sense to come back. */
    private boolean look(ScopeCall call, int step) {
        ThreadSighting sighting = call.look(!pollsInstalled, nanoClock.getAsLong());
        if (sighting == null) {
            reachable.remove(call);
            return false;
        }
        if (pollsInstalled) {
            arm(call, sighting, step);
        }
        return true;
    }

    private void arm(ScopeCall call, ThreadSighting sighting, int step) {
        boolean running = sighting.isRunningJava();
        boolean unseen = running && !call.isSeen();
        polls.armLoops(sighting.classNames());
        if (step >= STEP_OF_ENTRIES && unseen || step >= STEP_OF_OTHER_ENTRIES) {
            polls.armEntries(sighting.classNames());
        }
        if (step >= STEP_OF_ALL_ENTRIES && unseen) {
            polls.armAllEntries();
        }
        if (step >= STEP_OF_LOOKING_ANEW && step <= LAST_STEP_OF_LOOKING_ANEW && unseen) {
            polls.lookAnew(sighting.innermostClassNames());
        }
        long length = PULSE_NANOS;
        if (running && !call.isShielded()) {
            reachable.add(call);
            length = Math.max(length, Math.min(pauseAfter(step, System.nanoTime()), longestPulse(step)));
        } else {
            reachable.remove(call);
        }
        pulses.pulse(System.nanoTime() + length);
        worker.after(length, this::stopIfOver);
    }

    private static long longestPulse(int step) {
        return step <= LAST_STEP_WITHOUT_PAUSE ? Long.MAX_VALUE : PULSE_WHILE_RUNNING_NANOS;
    }

    private void stopIfOver() {
        if (pulses.isOver(System.nanoTime()) && reachable.isEmpty() && !pausing) {
            polls.disarmLoops();
        }
    }
}
