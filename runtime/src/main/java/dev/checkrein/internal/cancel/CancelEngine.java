package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.CallLimits;
import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.bridge.OwnCopy;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.bridge.ThreadsLateException;
import dev.checkrein.internal.budget.Budgets;
import dev.checkrein.internal.pause.Coordinator;
import dev.checkrein.internal.pause.Discovered;
import dev.checkrein.internal.pause.HostThreads;
import dev.checkrein.internal.pause.StackRoom;
import dev.checkrein.internal.timing.DutyThread;
import dev.checkrein.internal.timing.Watchdog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/** The engine itself. There is one per JVM with the agent, and one per copy of the runtime without. */
public final class CancelEngine implements Engine {
    /** For a canceller that has no memory to say more. */
    private static final EndRequest CANCELLED = new EndRequest(
            EndRequest.Kind.CANCEL, "a scope was cancelled; there was no memory left to say which, and why");

    private final DutyThread watchdogThread = new DutyThread("checkrein-watchdog");
    private final DutyThread deliveryThread;
    private final Watchdog watchdog = new Watchdog(watchdogThread);
    private final DeadlineRequests deadlineRequests = new DeadlineRequests();
    private final Budgets budgets = new Budgets(watchdog);
    private final boolean pollsInstalled;
    private final Delivery delivery;
    private final PausePolls pausePolls;
    private final Training training;
    private final Coordinator coordinator;
    private final EnginePauses pauses;
    private final Shields shields;
    private final Unscoped unscoped;
    private final UnscopedRequests unscopedRequests;
    private final ImplicitScopes implicitScopes = new ImplicitScopes(this);
    private final Supplier<Map<String, Object>> counts;
    private final LongSupplier nanoClock;
    private final AtomicReference<String> warning;
    private volatile Supplier<Map<String, Long>> pollTime = Map::of;

    private CancelEngine(
            PollSwitch polls,
            CleanupTables cleanup,
            MonitorView monitors,
            HostThreads threads,
            Supplier<Map<String, Object>> counts,
            LongSupplier nanoClock,
            String warning) {
        this.pollsInstalled = threads != null;
        this.deliveryThread = pollsInstalled ? new DutyThread("checkrein-delivery") : watchdogThread;
        Pulses pulses = new Pulses(polls);
        this.delivery = new Delivery(polls, pulses, pollsInstalled, nanoClock, deliveryThread, cleanup);
        this.training = new Training(pulses, deliveryThread);
        this.pausePolls = new PausePolls(polls, pulses, delivery, training, deliveryThread);
        this.unscoped = new Unscoped(delivery);
        this.unscopedRequests = new UnscopedRequests(threads, delivery, unscoped);
        this.coordinator = new Coordinator(
                new Discovered(threads, pausePolls),
                pausePolls,
                (action, nanos) -> watchdog.after(nanos, action)::callOff);
        this.pauses = new EnginePauses(coordinator);
        this.shields = new Shields(cleanup, monitors);
        this.counts = counts;
        this.nanoClock = nanoClock;
        this.warning = new AtomicReference<>(warning);
    }

    /**
     * For the agent.
     *
     * @param cleanup where rewritten code cleans up or holds monitors
     * @param monitors where other code holds some
     * @param threads who may be stopped
     * @param counts more entries for {@link #status}
     */
    public static CancelEngine withPolls(
            PollSwitch polls,
            CleanupTables cleanup,
            MonitorView monitors,
            HostThreads threads,
            Supplier<Map<String, Object>> counts) {
        return withPolls(polls, cleanup, monitors, threads, counts, System::nanoTime);
    }

    /**
     * As above.
     *
     * @param nanoClock what politeness is measured by, like {@link System#nanoTime()}
     */
    static CancelEngine withPolls(
            PollSwitch polls,
            CleanupTables cleanup,
            MonitorView monitors,
            HostThreads threads,
            Supplier<Map<String, Object>> counts,
            LongSupplier nanoClock) {
        CancelEngine engine = new CancelEngine(polls, cleanup, monitors, threads, counts, nanoClock, null);
        engine.watchdogThread.does(engine.watchdog);
        engine.watchdogThread.startForGood();
        engine.deliveryThread.does(engine.pausePolls, engine.delivery, engine.training);
        engine.deliveryThread.startForGood();
        return engine;
    }

    /**
     * For a JVM whose code does not poll.
     *
     * @param warning told once, when the first call begins
     */
    public static CancelEngine interruptOnly(String warning) {
        CancelEngine engine = new CancelEngine(
                pending -> {},
                CleanupTables.NONE,
                MonitorView.NONE,
                null,
                () -> Map.of("installed", false),
                System::nanoTime,
                warning);
        engine.watchdogThread.does(engine.watchdog, engine.delivery);
        return engine;
    }

    /** Has everything ready for the first stop, a while from now. */
    public void rehearse() {
        IntConsumer slowPath = slowPath();
        delivery.rehearse(() -> {
            Object call = enter(Delivery.REHEARSAL, "rehearsal", NO_DEADLINE, Ladder.DEFAULT, Error::new);
            cancel(call, "rehearsal");
            try {
                slowPath.accept(PollCode.LOOP);
            } catch (Error thrownAtThePoll) {
                // As it should be.
            } finally {
                exit(call);
            }
        });
    }

    /**
     * Has everything ready for the first pause, a while from now: what tells the times of threads takes a tenth of a second to make.
     * On a thread of its own, since others have better things to do.
     */
    public void rehearsePause() {
        pauses.rehearse();
    }

    /** Entries and allocations read the flag from the start. */
    public void trainPolls() {
        training.begin();
    }

    /** What polls of this JVM are to run while the flag is set. */
    public IntConsumer slowPath() {
        return new SlowPath(coordinator, shields, delivery, unscoped, nanoClock);
    }

    /**
     * As {@link #slowPath}, and {@link #pollTime} tells how long threads were in it.
     *
     * @param others the other entries for that; asked every time
     */
    public IntConsumer timedSlowPath(Supplier<Map<String, Long>> others) {
        TimedSlowPath timed = new TimedSlowPath(slowPath());
        pollTime = () -> {
            Map<String, Long> all = new HashMap<>(others.get());
            all.put("inSlowPath", timed.nanos());
            return all;
        };
        return timed;
    }

    @Override
    public Map<String, Long> pollTime() {
        return pollTime.get();
    }

    @Override
    public Object enter(
            Object tag,
            String scopeName,
            long deadlineNanos,
            Ladder ladder,
            BiFunction<String, Throwable, Error> errors) {
        warnOnce();
        StackRoom.ensure(); // for exit, too, which is called no deeper on the stack
        ThreadCalls before = ThreadCalls.current();
        ScopeCall outer = before == null ? null : before.innermost();
        ScopeCall call = new ScopeCall(outer, tag, scopeName, ladder, errors, delivery);
        ThreadCalls.push(call);
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            if (deadlineNanos != NO_DEADLINE) {
                EndRequest request = deadlineRequests.of(scopeName, deadlineNanos);
                call.deadline(watchdog.after(deadlineNanos, () -> request(call, request)));
            }
            return call;
        } catch (Throwable noThread) {
            call.end();
            calls.pop(call);
            throw noThread;
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    @Override
    public Object enterWithin(
            Object tag,
            String scopeName,
            CallLimits limits,
            Ladder ladder,
            BiFunction<String, Throwable, Error> errors) {
        ScopeCall call = (ScopeCall) enter(tag, scopeName, limits.deadlineNanos(), ladder, errors);
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            call.counted(budgets.open(call.counted(), scopeName, limits, request -> request(call, request)));
            return call;
        } catch (Throwable untold) {
            exit(call);
            throw untold;
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    @Override
    public Object budgets() {
        ThreadCalls calls = budgets.everOpened() ? ThreadCalls.current() : null;
        ScopeCall call = calls == null ? null : calls.innermost();
        return call == null ? null : Budgets.of(call.counted());
    }

    @Override
    public void cancel(Object call, String why) {
        StackRoom.ensure();
        ScopeCall target = (ScopeCall) call;
        request(target, cancelled(target.scopeName(), why));
    }

    private static EndRequest cancelled(String scopeName, String why) {
        try {
            return new EndRequest(EndRequest.Kind.CANCEL, "scope \"" + scopeName + "\" was cancelled: " + why);
        } catch (OutOfMemoryError full) {
            return CANCELLED;
        }
    }

    /** Allocates nothing. */
    private void request(ScopeCall call, EndRequest request) {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            if (call.requestEnd(request)) {
                delivery.wake();
            }
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    @Override
    public EndRequest exit(Object call) {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            EndRequest request = ((ScopeCall) call).end();
            calls.pop((ScopeCall) call);
            if (request != null) {
                delivery.wake();
            }
            return request;
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    /** For methods whose calls are calls of scopes. */
    public ImplicitScopes implicitScopes() {
        return implicitScopes;
    }

    @Override
    public List<Object[]> scopes() {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            return implicitScopes.running();
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    @Override
    public Object enterShield() {
        StackRoom.ensure(); // for exit, too
        return unscoped.enterShield();
    }

    /** Polls may ask no more, if the request was found to be shielded. */
    @Override
    public void exitShield(Object entered) {
        unscoped.exitShield(entered);
    }

    @Override
    public Object cancelThread(Thread thread, String why, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
        checkPolls("ends", "");
        StackRoom.ensure();
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            return unscopedRequests.cancel(thread, why, ladder, errors);
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    @Override
    public void takeBack(Object cancelledThread) {
        StackRoom.ensure();
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            ((ScopeCall) cancelledThread).end();
            delivery.wake();
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    @Override
    public boolean isOver(Object cancelledThread) {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            return ((ThreadCall) cancelledThread).hasEnded() || ((ThreadCall) cancelledThread).isOver();
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    @Override
    public void cancelLoader(
            ClassLoader loader, String why, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
        checkPolls("ends", "");
        StackRoom.ensure();
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            unscopedRequests.cancel(loader, why, ladder, errors);
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    @Override
    public boolean isRequested(Object tag) {
        ThreadCalls calls = ThreadCalls.current();
        if (calls == null) {
            return false;
        }
        boolean requested = false;
        boolean inTagged = false;
        for (ScopeCall call = calls.innermost(); call != null; call = call.outer()) {
            inTagged |= call.tag() == tag;
            requested |= inTagged && call.request() != null;
        }
        return requested;
    }

    @Override
    public boolean isAnyRequested() {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            return calls != null && calls.toEnd(null) != null || unscoped.concern(Thread.currentThread());
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    @Override
    public HeldPause pause(PauseOrder order) throws ThreadsLateException {
        checkPolls("stops for a pause", ", or use a coordinator of your own whose workers poll");
        return pauses.pause(order);
    }

    @Override
    public int handshake(PauseOrder order, ObjLongConsumer<Thread> action) throws ThreadsLateException {
        checkPolls("stops for a pause", ", or use a coordinator of your own whose workers poll");
        return pauses.handshake(order, action);
    }

    private void checkPolls(String what, String otherwise) {
        if (!pollsInstalled) {
            throw new IllegalStateException("polls are not installed in this JVM, so nothing " + what
                    + ". Start it with -javaagent:checkrein-agent.jar" + otherwise);
        }
    }

    @Override
    public Map<String, Object> pauseStats() {
        return pauses.stats();
    }

    @Override
    public void resetPauseStats() {
        pauses.resetStats();
    }

    /** The requests whose calls have not ended, in words, as they stand now. */
    public CompletableFuture<List<String>> openRequests() {
        return delivery.openRequests();
    }

    @Override
    public Map<String, Object> status() {
        Map<String, Object> status = new HashMap<>(counts.get());
        status.putAll(delivery.status());
        status.put("version", OwnCopy.version());
        status.put("location", OwnCopy.location());
        return status;
    }

    private void warnOnce() {
        String untold = warning.getAndSet(null);
        if (untold != null) {
            System.getLogger("dev.checkrein").log(System.Logger.Level.WARNING, untold);
        }
    }
}
