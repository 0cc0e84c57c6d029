package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.bridge.Rung;
import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.Turns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Brings a request to the thread it is meant for. The thread itself throws at its polls; what is left to do from outside is to
 * have the code that it is in poll, and to wake it when it is blocked. It may go on to other code, or block again, at any time, so
 * this comes back, less and less often.
 *
 * <p>On a thread of its own, because looking at a stack, redefining a class and flipping a call site may all have to wait for
 * the whole JVM to stop.
 */
final class Delivery implements Duty {
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

    /** Long enough for code that was just thrown back to the interpreter to come to its next poll; half a percent of the time. */
    private static final long PULSE_NANOS = 5_000_000;

    /** For about two seconds the polls of a thread that runs are armed all the time: each turn of its loop may take long. */
    private static final long WITHOUT_PAUSE_NANOS = 1_500_000_000;

    /** Later those polls are that read the flag, of all threads, a tenth of the time. Those in its own loops stay armed. */
    private static final long PULSE_WHILE_RUNNING_NANOS = 100_000_000;

    /** When a thread has run for so long, entries and allocations in its code poll too: it may be in a recursion. */
    private static final long UNTIL_ENTRIES_NANOS = 1_000_000;

    /** And when it then still runs: it may be in compiled code that reads no flag. */
    private static final long UNTIL_LOOKING_ANEW_NANOS = 3_000_000;

    /** Then it is in code that does not poll at all, and others may be in the same. */
    private static final long LOOKING_ANEW_NANOS = 700_000_000;

    /** Entries poll too if it was not seen running for so long, or polls and does not end. */
    private static final long UNTIL_OTHER_ENTRIES_NANOS = 15_000_000;

    /** And so do those everywhere: what calls back from the JDK may never be seen on the stack. */
    private static final long UNTIL_ALL_ENTRIES_NANOS = 250_000_000;

    /**
     * When a thread still runs then that polls without room on its stack, it is given something to throw without looking. Polls
     * may have found no room even to see the request, so that no politeness was begun.
     */
    private static final long UNTIL_LAST_RESORT_NANOS = 100_000_000;

    /**
     * While a thread is in a method that shields, nothing tells when it leaves it, so it is looked at: at first this often, and then as
     * often as may be without being felt.
     */
    private static final long SHORTEST_GLANCE_NANOS = 5_000_000;

    private static final long LONGEST_GLANCE_NANOS = 100_000_000;

    private static final long LONGEST_WAIT_NANOS = 50_000_000;

    /** A glance comes this part of the time since the request after the last. */
    private static final int GLANCES_PER_TIME = 16;

    /** Short programs never pay for it. */
    private static final long REHEARSAL_NANOS = 1_000_000_000;

    /** So often that the JIT has heard of it. */
    private static final int REHEARSALS = 20;

    /** The tag of calls that nobody needs to hear of. */
    static final Object REHEARSAL = new Object();

    private final PollSwitch polls;
    private final Pulses pulses;
    private final LastResorts lastResorts = new LastResorts();
    private final boolean pollsInstalled;
    private final LongSupplier nanoClock;
    private final Turns turns;
    private final CleanupTables shields;
    private final Escalations escalations = new Escalations();
    private final OpenRequests requests = new OpenRequests(escalations);

    /** Whether {@link #polls} may have armed loops. The thread's alone. */
    private boolean loopsArmed;

    /** Whether they are armed for threads that a pause waits for. The thread's alone. */
    private boolean pausing;

    /** Who wants to know what is open, or null. */
    private final AtomicReference<CompletableFuture<List<String>>> inquiry = new AtomicReference<>();

    /** Null if there is none to come. */
    private volatile Runnable rehearsal;

    private long rehearsalAt;

    /**
     * Of the thread that this is to be a duty of.
     *
     * @param nanoClock what politeness is measured by
     */
    Delivery(PollSwitch polls, Pulses pulses, boolean pollsInstalled, LongSupplier nanoClock, Turns turns) {
        this(polls, pulses, pollsInstalled, nanoClock, turns, CleanupTables.NONE);
    }

    /**
     * As above.
     *
     * @param shields knows which methods shield
     */
    Delivery(
            PollSwitch polls,
            Pulses pulses,
            boolean pollsInstalled,
            LongSupplier nanoClock,
            Turns turns,
            CleanupTables shields) {
        this.polls = polls;
        this.pulses = pulses;
        this.pollsInstalled = pollsInstalled;
        this.nanoClock = nanoClock;
        this.turns = turns;
        this.shields = shields;
    }

    /** The request has just been stored in its call; under the call's monitor. Whatever fails here is made up for later. */
    void requested(OpenRequest request) {
        requests.add(request);
        try {
            pulses.begin(turns.now() + PULSE_NANOS);
        } catch (Throwable later) {
            // The next turn.
        }
    }

    /** The call that was asked to end has ended; under its monitor. */
    void ended() {
        try {
            pulses.end();
        } catch (Throwable later) {
            // The next turn.
        }
    }

    /** Knows which methods shield. */
    CleanupTables shields() {
        return shields;
    }

    LastResorts lastResorts() {
        return lastResorts;
    }

    /** There is something to do: takes over from {@link #requested} and {@link #ended}. */
    void wake() {
        turns.within(0);
    }

    /** The call's thread has come back to code that polls. */
    void returned(OpenRequest request) {
        request.threadIsBack();
        wake();
    }

    /**
     * The same at the end of what has shielded the thread, which may be in the next such thing at once: has it wait, most often for less
     * than a millisecond, until code that it runs polls. It does not block, since that would look as if it were to be woken.
     */
    void returnedFromShield(OpenRequest request) {
        int before = request.timesFoundBack();
        returned(request);
        long start = System.nanoTime();
        while (pollsInstalled && request.timesFoundBack() == before && System.nanoTime() - start < LONGEST_WAIT_NANOS) {
            Thread.onSpinWait();
        }
    }

    /** Under the names of the components of {@code Checkrein.Stops}. */
    Map<String, Long> status() {
        Map<String, Long> status = new HashMap<>(polls.changes());
        status.put("requests", pulses.requestsEver());
        status.put("pulses", pulses.pulsesEver());
        status.putAll(escalations.counts());
        return status;
    }

    /**
     * Does, some time after the start and on the worker's thread, all that a stop does, so that the first one that somebody waits
     * for finds classes loaded and call sites linked.
     *
     * @param stop enters a call, has it asked to end, polls, and leaves it
     */
    void rehearse(Runnable stop) {
        rehearsalAt = turns.now() + REHEARSAL_NANOS;
        rehearsal = stop;
        turns.within(REHEARSAL_NANOS);
    }

    /** Has code that these threads run poll, until {@link #settle}. By a duty of the same thread. */
    void armFor(List<Thread> late, boolean anew) {
        pausing = true;
        Set<String> classNames = new HashSet<>();
        Set<String> innermost = new HashSet<>();
        for (Thread thread : late) {
            ThreadSighting sighting = ThreadSighting.withWholeStack(thread);
            classNames.addAll(sighting.classNames());
            innermost.addAll(sighting.innermostClassNames());
        }
        armLoops(classNames);
        if (anew) {
            polls.lookAnew(innermost);
        }
    }

    /** Ends the effect of {@link #armFor}, with the next turn. By a duty of the same thread. */
    void settle() {
        pausing = false;
    }

    /** What is open, in words, as of the next turn. For any thread. */
    CompletableFuture<List<String>> openRequests() {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        CompletableFuture<List<String>> before = inquiry.getAndSet(answer);
        if (before != null) {
            answer.thenAccept(before::complete);
        }
        turns.within(0);
        return answer;
    }

    private void answerInquiry() {
        CompletableFuture<List<String>> asked = inquiry.getAndSet(null);
        if (asked != null) {
            List<String> words = new ArrayList<>();
            for (OpenRequest request = requests.sweep(); request != null; request = request.next) {
                words.add(request.inWords(turns.now(), nanoClock.getAsLong()));
            }
            asked.complete(words);
        }
    }

    @Override
    public long turn() {
        answerInquiry();
        long pause = rehearseIfDue();
        boolean reachable = false;
        for (OpenRequest request = requests.sweep(); request != null; request = request.next) {
            pause = Math.min(pause, attendTo(request));
            reachable |= request.isReachable();
        }
        return Math.min(pause, stopIfOver(reachable));
    }

    private long rehearseIfDue() {
        Runnable stop = rehearsal;
        if (stop == null) {
            return NOT_UNTIL_ASKED;
        }
        long left = rehearsalAt - turns.now();
        if (left > 0) {
            return left;
        }
        rehearsal = null;
        try {
            Thread[] any = new Thread[1];
            if (Thread.enumerate(any) > 0) {
                ThreadSighting.withWholeStack(any[0]);
            }
            if (!loopsArmed) { // else it was no rehearsal any more
                polls.rehearse();
            }
            for (int i = 0; i < REHEARSALS; i++) {
                stop.run();
            }
            escalations.rehearse();
        } catch (Throwable unrehearsed) {
            // The first stop takes a little longer then.
        }
        return NOT_UNTIL_ASKED;
    }

    /** How long until the next time. */
    private long attendTo(OpenRequest request) {
        long now = turns.now();
        if (request.takeThreadIsBack()) {
            look(request, 0);
            request.threadFoundBack();
        }
        if (request.isDue(now)) {
            long open = request.nanosOpen(now);
            look(request, open);
            now = turns.now();
            request.stepTaken(now, now + Math.min(pauseAfter(open, now), nanosToNextRung(request, open)));
        } else if (request.isGlanceDue(now)) {
            glance(request, request.nanosOpen(now));
        }
        return request.nanosToNextStep(turns.now());
    }

    /** If the thread has left the method that shielded it, does what else would be done much later. */
    private void glance(OpenRequest request, long open) {
        try {
            ThreadSighting sighting = lookAt(request, open);
            if (sighting != null && !sighting.isInShieldedMethod()) {
                act(request, sighting, open);
            }
        } catch (Throwable later) {
            // The next step.
        }
    }

    /** Null if the call has ended. Interrupts the thread, if that can help. */
    private ThreadSighting lookAt(OpenRequest request, long open) {
        boolean wasShielded = request.isInShieldedMethod();
        request.leftShieldedMethod();
        ThreadSighting sighting = request.call().look(!pollsInstalled, nanoClock.getAsLong(), open);
        if (sighting != null && sighting.isInShieldedMethod()) {
            long pause = Math.max(SHORTEST_GLANCE_NANOS, Math.min(open / GLANCES_PER_TIME, LONGEST_GLANCE_NANOS));
            request.foundInShieldedMethod(turns.now() + pause);
        } else if (wasShielded) {
            request.call().isSeenOutsideShields();
        }
        return sighting;
    }

    /** So that rungs are told when they are reached; those that depend on a poll are at most as far away as they last. */
    private static long nanosToNextRung(OpenRequest request, long open) {
        Ladder ladder = request.call().ladder();
        long pause = switch (request.nextRung()) {
            case FIRM -> ladder.politeNanos();
            case INSIST -> ladder.firmNanos();
            default -> LONGEST_PAUSE_NANOS;
        };
        long toReport = ladder.reportNanos() - open;
        return Math.max(SHORTEST_PAUSE_NANOS, toReport > 0 ? Math.min(pause, toReport) : pause);
    }

    /** Doubles every time. At last all requests take their steps at the same time, so that they share a pulse. */
    private static long pauseAfter(long open, long now) {
        long pause = open + SHORTEST_PAUSE_NANOS;
        return pause < LONGEST_PAUSE_NANOS ? pause : LONGEST_PAUSE_NANOS - Math.floorMod(now, LONGEST_PAUSE_NANOS);
    }

    /** @param open for how long it has been tried, in nanoseconds */
    private void look(OpenRequest request, long open) {
        try {
            ThreadSighting sighting = lookAt(request, open);
            if (sighting != null && pollsInstalled) {
                act(request, sighting, open);
            }
            if (sighting != null) {
                tellRungs(request, sighting, request.nanosOpen(turns.now()));
            }
        } catch (Throwable later) {
            // For want of memory, most likely. Whatever it was, the request is still there, and its next step comes.
        }
    }

    /** Those that it has reached since the last time. */
    private void tellRungs(OpenRequest request, ThreadSighting sighting, long open) {
        ScopeCall call = request.call();
        Rung now = call.rung(nanoClock.getAsLong());
        for (Rung next = request.nextRung(); next.compareTo(now) <= 0; next = request.nextRung()) {
            request.rungTold(); // first: what fails halfway is not told twice
            escalations.reached(next, call, open, sighting.frames());
        }
        if (!request.isReported() && open >= call.ladder().reportNanos()) {
            request.reported();
            escalations.reached(Rung.REPORT, call, open, sighting.frames());
        }
    }

    private void act(OpenRequest request, ThreadSighting sighting, long open) {
        boolean running = sighting.isRunningJava() && !sighting.isInShieldedMethod();
        request.reachable(running && !request.call().isShielded());
        try {
            arm(sighting, running && !request.call().isSeen(), open);
            long patience =
                    Math.max(UNTIL_LAST_RESORT_NANOS, request.call().ladder().politeNanos());
            if (running && open >= patience && !sighting.isShielded()) {
                request.call().endWithoutRoom(sighting, nanoClock.getAsLong());
            }
        } finally {
            long now = turns.now();
            pulses.pulse(now + (request.isReachable() ? pulseWhileRunning(open, now) : PULSE_NANOS));
        }
    }

    /** @param unseen whether the thread runs and has come to no poll */
    private void arm(ThreadSighting sighting, boolean unseen, long open) {
        armLoops(sighting.classNames());
        if (open >= UNTIL_ENTRIES_NANOS && unseen || open >= UNTIL_OTHER_ENTRIES_NANOS) {
            polls.armEntries(sighting.classNames());
        }
        if (open >= UNTIL_ALL_ENTRIES_NANOS && unseen) {
            polls.armAllEntries();
        }
        if (open >= UNTIL_LOOKING_ANEW_NANOS && open < LOOKING_ANEW_NANOS && unseen) {
            polls.lookAnew(sighting.innermostClassNames());
        }
    }

    private void armLoops(Set<String> classNames) {
        loopsArmed = true;
        polls.armLoops(classNames);
    }

    private static long pulseWhileRunning(long open, long now) {
        long pause = pauseAfter(open, now);
        return Math.max(PULSE_NANOS, open < WITHOUT_PAUSE_NANOS ? pause : Math.min(pause, PULSE_WHILE_RUNNING_NANOS));
    }

    /**
     * How long until the pulse will be over.
     *
     * @param reachable whether loops stay armed nevertheless
     */
    private long stopIfOver(boolean reachable) {
        try {
            long left = pulses.nanosLeft(turns.now());
            if (left > 0) {
                return left;
            }
            if (loopsArmed && !reachable && !pausing) {
                polls.disarm();
                loopsArmed = false;
            }
            return NOT_UNTIL_ASKED;
        } catch (Throwable later) {
            return LONGEST_PAUSE_NANOS;
        }
    }
}
