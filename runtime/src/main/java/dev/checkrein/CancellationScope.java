package dev.checkrein;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.Engines;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work that can be ended from outside, whether it cooperates or not.
 *
 * <pre>{@code
 * CancellationScope scope = CancellationScope.named("report").withDeadline(Duration.ofSeconds(2));
 * try {
 *     String html = scope.call(() -> plugin.render(data));
 * } catch (TimeoutException e) {
 *     // the plugin was still busy after two seconds; e.getCause() shows where
 * }
 * }</pre>
 *
 * <p><b>What ends a call.</b> Its deadline, counted from the start of that call; a budget that is used up; {@link #cancel}, which is
 * for good, ends every call in the scope and refuses later ones; so does a cancel of what it is {@link #linkedTo}; or the end of a
 * scope around it. The first request wins, and a call
 * whose body has ended before any request was made has simply ended.
 *
 * <p><b>How.</b> With the agent installed, a thread that runs rewritten code gets a {@link CancellationError} at its next
 * poll, and at every one after that until it is out of the scope, so that catching it does not help. For the first 50 ms the
 * request is polite: nothing is thrown in code that cleans up, a {@code finally} block or a handler that rethrows, nor while a
 * monitor is held, nor in what such code calls. An {@link EscalationPolicy} can say otherwise. An error is never thrown while a class is being initialised or loaded between the scope and the poll. A
 * thread that is blocked is woken by an interrupt, taken back afterwards. Without the agent the thread is interrupted,
 * repeatedly, and that is all: a loop that does not look will not end.
 *
 * <p><b>What is never touched</b> is work outside the scope: a request is bound to the call, not to the thread. What the
 * thread does next, in a pool for example, cannot be hit, and no interrupt is left behind. (An interrupt that somebody
 * else sends while the call is being woken cannot be told from ours and is taken back with it.)
 *
 * <p><b>Budgets</b> are for each call, which starts with all of it, and hold beside each other and beside a deadline. What counts is
 * what is used by the thread that made the call, from its start to its end and in whatever scopes inside it, and by threads and tasks that
 * are started by a thread which counts: those made by the {@link #threadFactory} of any scope, from their start to their end, and those
 * given to a {@link CancellableExecutor}, while they run. They go on counting when the call itself has ended, and all that count are
 * ended together. What does not count: threads that are started in other ways, tasks of other executors, of parallel streams and of a
 * {@code CompletableFuture}, and the JVM's own threads, which collect garbage and compile. The JVM does not tell what virtual
 * threads use: they cannot have a budget, nor be started in a call that has one by the ways above.
 *
 * <p>A budget that is used up is noticed a few milliseconds late, forty where a thread has slept before. A call whose body ends
 * until then has simply ended.
 *
 * <p><b>Nesting.</b> Scopes nest by running one inside another, on the same thread. Ending the outer one ends the inner
 * one, whose caller sees the outer's error pass through, or the inner's exception if that one was asked to end as well; an
 * inner deadline never outlives the outer one.
 *
 * <p>A scope may be called many times and from many threads at once. Instances are thread-safe; the {@code with…}
 * methods and {@link #linkedTo} leave the scope they are called on alone and return a new one, uncancelled unless a token is that
 * it is linked to. What a thread did before {@code cancel} happens before the exception that the cancelled call throws.
 */
public final class CancellationScope {
    private final String name;
    private final Limits limits;
    private final EscalationPolicy policy;
    private final Aftermath aftermath;
    private final CancellationToken token;
    private final RunningCalls calls;

    /** Null if it can never come to that. */
    private final Quarantine quarantine;

    /** Null if a call that fails is no business of the others. */
    private final FailFast failFast;

    /** What its calls count for because of who started their threads; null if nothing. */
    private final Object startedIn;

    CancellationScope(String name, Limits limits) {
        this(name, limits, EscalationPolicy.defaults(), Aftermath.NONE, new CancellationToken(name));
    }

    private CancellationScope(
            String name, Limits limits, EscalationPolicy policy, Aftermath aftermath, CancellationToken token) {
        this.name = name;
        this.limits = limits;
        this.policy = policy;
        this.aftermath = aftermath;
        this.token = token;
        this.calls = new RunningCalls();
        OnCancelled onCancelled = aftermath.onCancelled();
        this.quarantine =
                onCancelled == OnCancelled.NOTHING ? null : new Quarantine(name, onCancelled.quarantineAfter());
        this.failFast = aftermath.failsFast() ? new FailFast(name, token, calls, aftermath.cleanup()) : null;
        this.startedIn = null;
    }

    /** The same scope. */
    private CancellationScope(CancellationScope same, Object startedIn) {
        this.name = same.name;
        this.limits = same.limits;
        this.policy = same.policy;
        this.aftermath = same.aftermath;
        this.token = same.token;
        this.calls = same.calls;
        this.quarantine = same.quarantine;
        this.failFast = same.failFast;
        this.startedIn = startedIn;
    }

    /**
     * A scope without a deadline or budgets.
     *
     * @param name what messages call it; names need not differ
     */
    public static CancellationScope named(String name) {
        return new CancellationScope(Objects.requireNonNull(name, "name"), Limits.NONE);
    }

    /**
     * A new scope like this one whose calls may take as long as given, in wall-clock time, each counted from its own
     * start.
     *
     * @throws IllegalArgumentException if the deadline is zero or negative
     */
    public CancellationScope withDeadline(Duration deadline) {
        return with(limits.withDeadline(deadline));
    }

    /**
     * A new scope like this one whose calls have until then, all of them. Holds beside the deadline that counts from the start of each:
     * what comes first ends a call. One that begins when it is over ends with a {@link TimeoutException} before its body has begun.
     *
     * <p>The deadline's clock is asked when a call begins; from then on real time counts.
     */
    public CancellationScope withDeadline(Deadline deadline) {
        return with(limits.withDeadline(deadline));
    }

    /**
     * A new scope like this one, each of whose calls may be on a processor for as long as given, all its threads together: sleeping
     * and waiting is free. When more was used, the call ends with a {@link CancellationException} that says how much.
     *
     * <p>Calls fail with an {@link UnsupportedOperationException} where the JVM does not tell what their thread uses: on a virtual
     * thread, or without the module {@code java.management}.
     *
     * @throws IllegalArgumentException if the budget is zero or negative
     */
    public CancellationScope withCpuBudget(Duration budget) {
        return with(limits.withCpu(budget));
    }

    /**
     * A new scope like this one, each of whose calls may allocate as many bytes as given in the heap, all its threads together, whether
     * they are garbage by now or not. When more was allocated, the call ends with a {@link CancellationException} that says how much.
     * A thread can allocate some ten megabytes before that is noticed, and still get an {@link OutOfMemoryError} if the heap has
     * no room for them beside the budget.
     *
     * <p>Calls fail with an {@link UnsupportedOperationException} where the JVM does not tell what their thread allocates: on a
     * virtual thread, or without the module {@code jdk.management}.
     *
     * @throws IllegalArgumentException if the budget is zero or negative
     */
    public CancellationScope withAllocationBudget(long bytes) {
        return with(limits.withBytes(bytes));
    }

    private CancellationScope with(Limits other) {
        return new CancellationScope(name, other, policy, aftermath, token.linkedTo());
    }

    /** A new scope like this one whose calls are ended as the policy says. */
    public CancellationScope withPolicy(EscalationPolicy policy) {
        return new CancellationScope(
                name, limits, Objects.requireNonNull(policy, "policy"), aftermath, token.linkedTo());
    }

    /**
     * A new scope like this one, with this done about calls that have to be ended, instead of what was to be done before: they are
     * begun again, or no others are taken after some.
     */
    public CancellationScope onCancelled(OnCancelled what) {
        return with(aftermath.with(what));
    }

    /**
     * A new scope like this one that is cancelled, for good, as soon as one of its calls fails, the life of a thread of its
     * {@link #threadFactory} for one: the body throws something, whatever it is, without having been asked to end. The failure leaves
     * that call as ever; it is the cause of the {@link CancellationException}s of the others, where what their bodies threw is
     * suppressed. See also {@link Checkrein#setPanicHook}.
     *
     * <p>In structured concurrency this is known as shutdown on failure.
     */
    public CancellationScope withFailFast() {
        return with(aftermath.withFailFast(null));
    }

    /**
     * As {@link #withFailFast()}, and cleans up after a failure: once, when the last of the calls has ended, on its thread and before
     * its caller learns of it. No scope around it ends that. What it throws is logged.
     */
    public CancellationScope withFailFast(Runnable cleanup) {
        return with(aftermath.withFailFast(Objects.requireNonNull(cleanup, "cleanup")));
    }

    private CancellationScope with(Aftermath other) {
        return new CancellationScope(name, limits, policy, other, token.linkedTo());
    }

    /**
     * A new scope like this one that is also cancelled as soon as one of the given tokens is, for good; at once if one already was.
     * It is linked to them besides those that this scope is linked to; not to this scope itself, unless its token is given. What
     * {@link CancellationToken} says of linked tokens holds for it.
     */
    public CancellationScope linkedTo(CancellationToken... others) {
        return new CancellationScope(name, limits, policy, aftermath, token.linkedTo(others));
    }

    /** The name given at the start. */
    public String name() {
        return name;
    }

    /** For code inside the scope that wants to cooperate. Always the same object. */
    public CancellationToken token() {
        return token;
    }

    /**
     * Runs the body on the calling thread and returns what it returns, or throws what it throws.
     *
     * @throws TimeoutException if the deadline passed before the body had ended, or begun. The cause is what the body threw, most
     *     often the {@link CancellationError} with the stack at which the thread was found
     * @throws CancellationException if {@link #cancel} was called before the body had ended, or before it was started; or if a budget
     *     was used up before the body had ended. The message says which, how much it was and how much was used; the cause is as above, unless
     *     {@link #withFailFast()} says otherwise
     * @throws UnsupportedOperationException if the JVM does not tell what this thread uses of a budget. The body was not started
     * @throws QuarantinedException if {@link #onCancelled} says so. The body was not started
     */
    public <T> T call(Callable<T> body) throws Exception {
        Objects.requireNonNull(body, "body");
        if (aftermath.onCancelled() == OnCancelled.NOTHING) {
            return attempt(body, null);
        }
        Attempts attempts = new Attempts(aftermath.onCancelled(), quarantine, limits, this::isEndedForGood);
        return attempts.run(() -> attempt(body, attempts));
    }

    private boolean isEndedForGood() {
        return token.why() != null || Engines.current().isAnyRequested();
    }

    /** @param attempts is told how it went; or null */
    private <T> T attempt(Callable<T> body, Attempts attempts) throws Exception {
        if (token.why() != null) {
            throw withCause(new CancellationException(token.cancelledMessage()), null);
        }
        Engine engine = Engines.current();
        Object call = enter(engine);
        T result = null;
        Throwable thrown = null;
        CancellationToken.Registration registration = null;
        Link<Thread> running = null;
        try {
            running = calls.begin();
            // Runs at once if the scope was cancelled meanwhile: the call then ends before its body has begun.
            registration = token.registerCall(engine.canceller(call));
            String why = token.why();
            if (why == null) {
                result = body.call();
            } else {
                // Whoever cancels may not have come to this call yet.
                engine.cancel(call, why);
            }
        } catch (Throwable t) {
            thrown = t;
        }
        EndRequest request;
        Panic panic = null;
        try {
            request = engine.exit(call);
            if (failFast != null && thrown != null && request == null) {
                panic = failFast.failed(engine, thrown);
            }
        } finally {
            if (running != null) {
                calls.end(running);
            }
            if (registration != null) {
                registration.close();
            }
        }
        if (failFast != null) {
            failFast.callEnded(panic);
        }
        Exception endedWith = request == null ? null : asException(request, thrown);
        if (attempts != null) {
            attempts.over(endedWith);
        }
        if (endedWith != null) {
            throw endedWith;
        }
        if (thrown != null) {
            throw CancellationScope.<RuntimeException>unchecked(thrown);
        }
        return result;
    }

    private Object enter(Engine engine) throws TimeoutException {
        if (limits.areOver()) {
            throw new TimeoutException("scope \"" + name + "\" was called when its deadline was over");
        }
        return startedIn == null && !limits.haveBudgets()
                ? engine.enter(token, name, limits.deadlineNanos(), policy.ladder(name), CancellationError.MAKER)
                : engine.enterWithin(
                        token, name, limits.forCall(startedIn), policy.ladder(name), CancellationError.MAKER);
    }

    /** {@link #call} for a body that returns nothing. */
    public void run(Runnable body) throws TimeoutException {
        Objects.requireNonNull(body, "body");
        callUnchecked(() -> {
            body.run();
            return null;
        });
    }

    /**
     * {@link #call} for a body that works on something which it leaves half done when it is ended: each time that it is begun, because
     * of {@link OnCancelled#retry}, it gets another. {@code scope.call(() -> body.apply(freshState.get()))} is the same.
     *
     * @param freshState makes one, as part of the call
     */
    public <S, T> T callAnew(Supplier<? extends S> freshState, Function<? super S, ? extends T> body)
            throws TimeoutException {
        Objects.requireNonNull(freshState, "freshState");
        Objects.requireNonNull(body, "body");
        return callUnchecked(() -> body.apply(freshState.get()));
    }

    private <T> T callUnchecked(Callable<T> body) throws TimeoutException {
        try {
            return call(body);
        } catch (TimeoutException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // The body cannot declare it, but can throw it all the same.
            throw CancellationScope.<RuntimeException>unchecked(e);
        }
    }

    /**
     * Makes threads whose whole life is a call of this scope, so that {@link #cancel} ends them all, and a deadline each. One that
     * was cancelled ends quietly; when a deadline has passed the thread's uncaught exception handler gets the
     * {@link TimeoutException}, and when a budget is used up the {@link CancellationException}.
     *
     * <p>What a thread uses counts for its own call and for all budgets that whoever made it counts for at that moment, this scope's or
     * another's.
     *
     * <p>It is for threads that run a body and end. Workers of a pool that are in a cancelled scope never end, because the pool
     * has them wait for the next task all the same: see {@link CancellableExecutor}.
     *
     * @param threads makes the threads themselves, such as {@code Thread::new}
     */
    public ThreadFactory threadFactory(ThreadFactory threads) {
        Objects.requireNonNull(threads, "threads");
        return body -> {
            Objects.requireNonNull(body, "body");
            CancellationScope scope = startedHere();
            return threads.newThread(() -> scope.runThread(body));
        };
    }

    /** This scope, for calls on threads that the calling one starts. */
    CancellationScope startedHere() {
        Object budgets = Engines.current().budgets();
        return budgets == null ? this : new CancellationScope(this, budgets);
    }

    private void runThread(Runnable body) {
        try {
            run(body);
        } catch (TimeoutException e) {
            throw CancellationScope.<RuntimeException>unchecked(e);
        } catch (CancellationException e) {
            // As whoever cancelled wished; otherwise it is an exception of the body's like any other.
            if (token.why() == null || token.failure() == e) {
                throw e;
            }
        }
    }

    /**
     * Ends every call in this scope and refuses later ones, for good. Returns when the requests have been made, not when
     * the calls have ended. The first call wins; later ones do nothing.
     *
     * @param why a few words for the message of the {@link CancellationException}
     */
    public void cancel(String why) {
        token.cancel(Objects.requireNonNull(why, "why"));
    }

    /** Has a scope in {@linkplain OnCancelled#quarantine quarantine} take calls again, as if none had had to be ended yet. */
    public void release() {
        if (quarantine != null) {
            quarantine.release();
        }
    }

    /** Whether calls are refused because too many have had to be ended. */
    public boolean isQuarantined() {
        return quarantine != null && quarantine.isOn();
    }

    /** Whether a thread is in a call of this scope. */
    boolean isRunning(Thread thread) {
        return calls.contain(thread);
    }

    @Override
    public String toString() {
        String onCancelled = aftermath.onCancelled().toString();
        return "CancellationScope[" + name + limits + (onCancelled.isEmpty() ? "" : ", " + onCancelled)
                + (failFast == null ? "" : ", fails fast") + "]";
    }

    private Exception asException(EndRequest request, Throwable thrown) {
        return switch (request.kind()) {
            case DEADLINE -> (Exception) new TimeoutException(request.message()).initCause(thrown);
            case CANCEL -> withCause(new CancellationException(request.message()), thrown);
        };
    }

    /** What failed, if that is why; else what the body threw, or null. */
    private Exception withCause(CancellationException exception, Throwable thrown) {
        Throwable failure = token.failure();
        exception.initCause(failure == null ? thrown : failure);
        if (failure != null && thrown != null && thrown != failure) {
            exception.addSuppressed(thrown);
        }
        return exception;
    }

    @SuppressWarnings("unchecked")
    static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
