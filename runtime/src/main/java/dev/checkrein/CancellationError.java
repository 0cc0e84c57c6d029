package dev.checkrein;

import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.bridge.ThrownErrors;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Thrown at a poll, in the middle of whatever the thread was doing, to end a call of a {@link CancellationScope}. It is
 * an {@code Error} so that {@code catch (Exception)} does not see it, and it is not meant to be caught: code that does
 * is thrown at again. The scope's boundary turns it into a {@link java.util.concurrent.TimeoutException} or
 * {@link java.util.concurrent.CancellationException}, whose cause it becomes.
 *
 * <p>The first one thrown for a request carries the stack at which the thread was found, beginning with the frame that
 * polled. Those thrown after it, at a
 * thread that caught the first and went on, have no stack of their own and name the first as their cause. Each is a new
 * object: try-with-resources refuses an exception that would suppress itself.
 */
public final class CancellationError extends Error {
    private static final long serialVersionUID = 1L;

    /** For whoever finds a thread that is to end. */
    static final BiFunction<String, Throwable, Error> MAKER = CancellationError::thrownFor;

    static {
        // Thrown where the stack may be almost full: no class must be missing then.
        MAKER.apply("", MAKER.apply("", null));
        ThrownErrors.areMadeBy(MAKER);
    }

    private CancellationError(String message) {
        super(message);
        setStackTrace(fromThePollOn(getStackTrace()));
    }

    private CancellationError(String message, Throwable first) {
        super(message, first, false, false);
    }

    /** Without what stands above the poll, which is the same every time: the first frame is the one that was stopped. */
    private static StackTraceElement[] fromThePollOn(StackTraceElement[] stack) {
        int poll = 0;
        while (poll < stack.length && !stack[poll].getClassName().startsWith(Engines.STUB)) {
            poll++;
        }
        while (poll < stack.length && stack[poll].getClassName().startsWith(Engines.STUB)) {
            poll++;
        }
        return poll == stack.length ? stack : Arrays.copyOfRange(stack, poll, stack.length);
    }

    static Error thrownFor(String message, Throwable first) {
        return first == null ? new CancellationError(message) : new CancellationError(message, first);
    }
}
