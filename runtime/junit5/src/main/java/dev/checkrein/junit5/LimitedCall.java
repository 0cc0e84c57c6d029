package dev.checkrein.junit5;

import dev.checkrein.CancellationScope;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/** One invocation by JUnit, in a scope. */
final class LimitedCall<T> implements Callable<T> {
    private final Invocation<T> invocation;

    /** What came out of it. */
    private Throwable thrown;

    private LimitedCall(Invocation<T> invocation) {
        this.invocation = invocation;
    }

    /**
     * Runs the invocation on the calling thread.
     *
     * @param what the name of what is run, for messages
     * @throws TimeoutException if the limit passed first; the cause is what the invocation threw, if it did
     * @throws Throwable what the invocation threw by itself
     */
    static <T> T run(Invocation<T> invocation, String what, TimeLimit limit) throws Throwable {
        LimitedCall<T> call = new LimitedCall<>(invocation);
        try {
            return CancellationScope.named(what).withDeadline(limit.duration()).call(call);
        } catch (TimeoutException e) {
            // A test may throw one of its own. That of the scope comes from outside.
            throw e == call.thrown ? e : stillBusy(what, limit, e.getCause());
        }
    }

    private static TimeoutException stillBusy(String what, TimeLimit limit, Throwable cause) {
        TimeoutException failure =
                new TimeoutException(what + " was still busy after " + limit.inSeconds() + " (" + limit.origin() + ")");
        failure.initCause(cause);
        return failure;
    }

    @Override
    public T call() {
        try {
            return invocation.proceed();
        } catch (Throwable t) {
            thrown = t;
            throw LimitedCall.<RuntimeException>unchecked(t);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
