package dev.checkrein;

import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * How a call that was asked to end has ended. The boundary makes whatever the body throws the cause of its own exception,
 * a failed assertion too; that one must fail the test instead.
 */
public final class Ending {
    private Ending() {}

    /** What came out, or null. */
    public static Throwable of(ThrowingCallable call) {
        return checked(catchThrowable(call));
    }

    /** The same exception, if no failed assertion is behind it. */
    static Throwable checked(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof AssertionError failed) {
                throw failed;
            }
        }
        return thrown;
    }
}
