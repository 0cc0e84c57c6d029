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
import java.util.function.BiFunction;

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
 * <p><b>What ends a call.</b> Its deadline, counted from the start of that call; {@link #cancel}, which is for good, ends
 * every call in the scope and refuses later ones; so does a cancel of what it is {@link #linkedTo}; or the end of a scope around it. The first request wins, and a call
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
 * <p><b>Nesting.</b> Scopes nest by running one inside another, on the same thread. Ending the outer one ends the inner
 * one, whose caller sees the outer's error pass through, or the inner's exception if that one was asked to end as well; an
 * inner deadline never outlives the outer one.
 *
 * <p>A scope may be called many times and from many threads at once. Instances are thread-safe; the {@code with…}
 * methods and {@link #linkedTo} leave the scope they are called on alone and return a new one, uncancelled unless a token is that
 * it is linked to. What a thread did before {@code cancel} happens before the exception that the cancelled call throws.
 */
public final class CancellationScope {
    private static final BiFunction<String, Throwable, Error> ERRORS = CancellationError::thrownFor;

    static {
        // Thrown where the stack may be almost full: no class must be missing then.
        ERRORS.apply("", ERRORS.apply("", null));
    }

    private final String name;
    private final Duration deadline;
    private final EscalationPolicy policy;
    private final CancellationToken token;
    private final RunningCalls calls = new RunningCalls();

    private CancellationScope(String name, Duration deadline, EscalationPolicy policy, CancellationToken token) {
        this.name = name;
        this.deadline = deadline;
        this.policy = policy;
        this.token = token;
    }

    /**
     * A scope without a deadline.
     *
     * @param name what messages call it; names need not differ
     */
    public static CancellationScope named(String name) {
        return new CancellationScope(
                Objects.requireNonNull(name, "name"), null, EscalationPolicy.defaults(), new CancellationToken(name));
    }

    /**
     * A new scope like this one whose calls may take as long as given, in wall-clock time, each counted from its own
     * start.
     *
     * @throws IllegalArgumentException if the deadline is zero or negative
     */
    public CancellationScope withDeadline(Duration deadline) {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("a deadline must be longer than zero, was " + deadline);
        }
        return new CancellationScope(name, deadline, policy, token.linkedTo());
    }

    /** A new scope like this one whose calls are ended as the policy says. */
    public CancellationScope withPolicy(EscalationPolicy policy) {
        return new CancellationScope(name, deadline, Objects.requireNonNull(policy, "policy"), token.linkedTo());
    }

    /**
     * A new scope like this one that is also cancelled as soon as one of the given tokens is, for good; at once if one already was.
     * It is linked to them besides those that this scope is linked to; not to this scope itself, unless its token is given. What
     * {@link CancellationToken} says of linked tokens holds for it.
     */
    public CancellationScope linkedTo(CancellationToken... others) {
        return new CancellationScope(name, deadline, policy, token.linkedTo(others));
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
     * @throws TimeoutException if the deadline passed before the body had ended. The cause is what the body threw, most
     *     often the {@link CancellationError} with the stack at which the thread was found
     * @throws CancellationException if {@link #cancel} was called before the body had ended, or before it was started
     */
    public <T> T call(Callable<T> body) throws Exception {
        Objects.requireNonNull(body, "body");
        if (token.why() != null) {
            throw new CancellationException(token.cancelledMessage());
        }
        Engine engine = Engines.current();
        Object call = engine.enter(token, name, deadlineNanos(), policy.ladder(name), ERRORS);
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
        try {
            request = engine.exit(call);
        } finally {
            if (running != null) {
                calls.end(running);
            }
            if (registration != null) {
                registration.close();
            }
        }
        if (request != null) {
            throw asException(request, thrown);
        }
        if (thrown != null) {
            throw CancellationScope.<RuntimeException>unchecked(thrown);
        }
        return result;
    }

    /** {@link #call} for a body that returns nothing. */
    public void run(Runnable body) throws TimeoutException {
        Objects.requireNonNull(body, "body");
        try {
            call(() -> {
                body.run();
                return null;
            });
        } catch (TimeoutException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // A Runnable cannot declare it, but can throw it all the same.
            throw CancellationScope.<RuntimeException>unchecked(e);
        }
    }

    /**
     * Makes threads whose whole life is a call of this scope, so that {@link #cancel} ends them all, and a deadline each. One that
     * was cancelled ends quietly; when a deadline has passed the thread's uncaught exception handler gets the
     * {@link TimeoutException}.
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
            return threads.newThread(() -> runThread(body));
        };
    }

    private void runThread(Runnable body) {
        try {
            run(body);
        } catch (TimeoutException e) {
            throw CancellationScope.<RuntimeException>unchecked(e);
        } catch (CancellationException e) {
            // As whoever cancelled wished; otherwise it is an exception of the body's like any other.
            if (token.why() == null) {
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

    /** Whether a thread is in a call of this scope. */
    boolean isRunning(Thread thread) {
        return calls.contain(thread);
    }

    @Override
    public String toString() {
        return "CancellationScope[" + name + (deadline == null ? "" : ", deadline " + deadline) + "]";
    }

    private long deadlineNanos() {
        if (deadline == null) {
            return Engine.NO_DEADLINE;
        }
        try {
            return deadline.toNanos();
        } catch (ArithmeticException beyond292Years) {
            return Engine.NO_DEADLINE;
        }
    }

    private static Exception asException(EndRequest request, Throwable thrown) {
        Exception exception = switch (request.kind()) {
            case DEADLINE -> new TimeoutException(request.message());
            case CANCEL -> new CancellationException(request.message());
        };
        exception.initCause(thrown);
        return exception;
    }

    @SuppressWarnings("unchecked")
    static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
