package dev.checkrein;

import java.util.concurrent.CancellationException;

/**
 * A scope takes no calls, because too many in a row had to be ended; until {@link CancellationScope#release}. The call that it is thrown by
 * has not begun. The cause is what the last one that had begun ended with.
 */
public final class QuarantinedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    QuarantinedException(String message, Exception last) {
        super(message);
        initCause(last);
    }
}
