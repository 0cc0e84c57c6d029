package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.bridge.ThrownErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * Scopes around methods of the application. The rewritten method says when a call of it begins and how it ends; always in this order,
 * on one thread, so that it need not say which call it means. Thread-safe.
 *
 * <p>Nothing but {@code java.lang} is called outside of the runtime's own protection: other code of the JDK may be rewritten by the
 * user's choice, and an error thrown there would leave a call open.
 */
public final class ImplicitScopes {
    private final Engine engine;

    /** Null until {@link #prepare}. */
    private volatile BiFunction<String, Throwable, Error> errors;

    /** Before the first and behind the last of those that are running; the monitor of this guards the list. */
    private final ImplicitCall ends = new ImplicitCall(null);

    ImplicitScopes(Engine engine) {
        this.engine = engine;
    }

    /** Calls will come. Loads what they need. */
    public void prepare() {
        errors = ThrownErrors.maker();
    }

    /** The calling thread begins to run the method. */
    public void enter(ScopedMethod method) {
        ImplicitCall implicit = new ImplicitCall(method);
        Object call = engine.enter(implicit, method.scopeName(), method.deadlineNanos(), Ladder.DEFAULT, errors);
        implicit.call = (ScopeCall) call;
        link(implicit);
    }

    /**
     * The method that was entered last is about to return. Throws, perhaps without its being declared, if that call was asked to end.
     */
    public void exit() {
        Throwable instead = endInnermost(null);
        if (instead != null) {
            throw ImplicitScopes.<RuntimeException>unchecked(instead);
        }
    }

    /**
     * The method that was entered last is about to throw.
     *
     * @return what it is to throw
     */
    public Throwable failed(Throwable thrown) {
        Throwable instead = endInnermost(thrown);
        return instead == null ? thrown : instead;
    }

    /** What to throw because the call was asked to end, or null. */
    private Throwable endInnermost(Throwable thrown) {
        ScopeCall call = ThreadCalls.current().innermost();
        ImplicitCall implicit = (ImplicitCall) call.tag();
        EndRequest request;
        try {
            request = engine.exit(call);
        } finally {
            unlink(implicit);
        }
        return request == null ? null : exception(request, thrown, implicit.method);
    }

    /** No exception that must be declared leaves a method that does not declare it. */
    private static Exception exception(EndRequest request, Throwable thrown, ScopedMethod method) {
        if (request.kind() == EndRequest.Kind.CANCEL) {
            return caused(new CancellationException(request.message()), thrown);
        }
        Exception timeout = caused(new TimeoutException(request.message()), thrown);
        return method.throwsTimeout() ? timeout : caused(new CancellationException(request.message()), timeout);
    }

    private static Exception caused(Exception exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private synchronized void link(ImplicitCall call) {
        call.next = ends.next;
        call.previous = ends;
        call.next.previous = call;
        ends.next = call;
    }

    private synchronized void unlink(ImplicitCall call) {
        call.previous.next = call.next;
        call.next.previous = call.previous;
    }

    /** Those that are running, the oldest first: see {@code Engine.scopes}. */
    List<Object[]> running() {
        List<Object[]> running = new ArrayList<>();
        long now = System.nanoTime();
        for (ImplicitCall call : calls()) {
            running.add(new Object[] {
                call.call.scopeName(), call.call.thread(), now - call.startedAt, call.call,
            });
        }
        return running;
    }

    private synchronized List<ImplicitCall> calls() {
        List<ImplicitCall> calls = new ArrayList<>();
        for (ImplicitCall call = ends.previous; call != ends; call = call.previous) {
            calls.add(call);
        }
        return calls;
    }
}
