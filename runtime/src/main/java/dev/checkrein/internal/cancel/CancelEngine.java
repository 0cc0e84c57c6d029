package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.OwnCopy;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.bridge.ThreadsLateException;
import dev.checkrein.internal.pause.Coordinator;
import dev.checkrein.internal.pause.Discovered;
import dev.checkrein.internal.pause.HostThreads;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The engine itself. There is one per JVM with the agent, and one per copy of the runtime without. */
public final class CancelEngine implements Engine {
    private final boolean pollsInstalled;
    private final Delivery delivery;
    private final Coordinator coordinator;
    private final Shields shields;
    private final Watchdog watchdog = new Watchdog("checkrein-watchdog");
    private final Watchdog worker;
    private final Supplier<Map<String, Object>> counts;
    private final LongSupplier nanoClock;
    private final AtomicReference<String> warning;

    private CancelEngine(
            PollSwitch polls,
            CleanupTables cleanup,
            HostThreads threads,
            Supplier<Map<String, Object>> counts,
            LongSupplier nanoClock,
            String warning) {
        this.pollsInstalled = threads != null;
        this.worker = pollsInstalled ? new Watchdog("checkrein-delivery") : watchdog;
        Pulses pulses = new Pulses(polls);
        this.delivery = new Delivery(polls, pulses, worker, pollsInstalled, nanoClock);
        PausePolls pausePolls = new PausePolls(polls, pulses, delivery, worker);
        this.coordinator = new Coordinator(
                new Discovered(threads, pausePolls), pausePolls, (action, nanos) -> watchdog.after(nanos, action));
        this.shields = new Shields(cleanup);
        this.counts = counts;
        this.nanoClock = nanoClock;
        this.warning = new AtomicReference<>(warning);
    }

    /**
     * For the agent.
     *
     * @param cleanup where rewritten code cleans up
     * @param threads who may be stopped
     * @param counts more entries for {@link #status}
     */
    public static CancelEngine withPolls(
            PollSwitch polls, CleanupTables cleanup, HostThreads threads, Supplier<Map<String, Object>> counts) {
        return withPolls(polls, cleanup, threads, counts, System::nanoTime);
    }

    /**
     * As above.
     *
     * @param nanoClock what politeness is measured by, like {@link System#nanoTime()}
     */
    static CancelEngine withPolls(
            PollSwitch polls,
            CleanupTables cleanup,
            HostThreads threads,
            Supplier<Map<String, Object>> counts,
            LongSupplier nanoClock) {
        CancelEngine engine = new CancelEngine(polls, cleanup, threads, counts, nanoClock, null);
        engine.watchdog.startForGood();
        engine.worker.startForGood();
        return engine;
    }

    /**
     * For a JVM whose code does not poll.
     *
     * @param warning told once, when the first call begins
     */
    public static CancelEngine interruptOnly(String warning) {
        return new CancelEngine(
                pending -> {},
                (type, method, descriptor, position) -> false,
                null,
                () -> Map.of("installed", false),
                System::nanoTime,
                warning);
    }

    /** Has everything ready for the first stop, a while from now. */
    public void rehearse() {
        IntConsumer slowPath = slowPath();
        delivery.rehearse(() -> {
            Object call = enter(this, "rehearsal", NO_DEADLINE, Error::new);
            cancel(call, "rehearsal");
            try {
                slowPath.accept(PollCode.LOOP); // throws nothing: an executor's own code is on the stack, which shields
            } finally {
                exit(call);
            }
        });
    }

    /** What polls of this JVM are to run while the flag is set. */
    public IntConsumer slowPath() {
        return new SlowPath(coordinator, shields, delivery, nanoClock);
    }

    @Override
    public Object enter(Object tag, String scopeName, long deadlineNanos, BiFunction<String, Throwable, Error> errors) {
        warnOnce();
        StackRoom.ensure(); // for exit, too, which is called no deeper on the stack
        ThreadCalls before = ThreadCalls.current();
        ScopeCall call = new ScopeCall(before == null ? null : before.innermost(), tag, scopeName, errors, delivery);
        ThreadCalls.push(call);
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            if (deadlineNanos != NO_DEADLINE) {
                call.deadline(watchdog.after(
                        deadlineNanos, () -> request(call, () -> deadlinePassed(scopeName, deadlineNanos))));
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

    private static EndRequest deadlinePassed(String scopeName, long deadlineNanos) {
        String seconds =
                BigDecimal.valueOf(deadlineNanos, 9).stripTrailingZeros().toPlainString();
        return new EndRequest(
                EndRequest.Kind.DEADLINE,
                "scope \"" + scopeName + "\" was still busy at its deadline, " + seconds + " s after its start");
    }

    @Override
    public void cancel(Object call, String why) {
        ScopeCall target = (ScopeCall) call;
        request(
                target,
                () -> new EndRequest(
                        EndRequest.Kind.CANCEL, "scope \"" + target.scopeName() + "\" was cancelled: " + why));
    }

    private void request(ScopeCall call, Supplier<EndRequest> request) {
        StackRoom.ensure();
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            if (call.requestEnd(request.get())) {
                delivery.start(call);
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
                delivery.finish((ScopeCall) call);
            }
            return request;
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
    public HeldPause pause(PauseOrder order) throws ThreadsLateException {
        if (!pollsInstalled) {
            throw new IllegalStateException(
                    "polls are not installed in this JVM, so nothing stops for a pause. Start it with"
                            + " -javaagent:checkrein-agent.jar, or use a coordinator of your own whose workers poll");
        }
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            HeldPause pause = coordinator.pause(order);
            return pause == null ? null : new GuardedPause(pause);
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
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
