package dev.checkrein;

import java.lang.ref.WeakReference;

/**
 * What is kept of a scope's token by those that are linked to it: whether it was cancelled, but neither the token nor what waits
 * for it. Thread-safe.
 */
final class CancellationSource {
    private final WeakReference<CancellationToken> token;
    private volatile String message;

    CancellationSource(CancellationToken token) {
        this.token = new WeakReference<>(token);
    }

    /** Null if nobody has it any more, who could cancel it or be in a call of its scope. */
    CancellationToken token() {
        return token.get();
    }

    /** Once. */
    void cancelled(String why) {
        message = why;
    }

    /** What cancels those that are linked to it, with its name in it. Null while it is not cancelled. */
    String message() {
        return message;
    }

    /** Whether nothing can come of it any more. */
    boolean isSpent() {
        return token.get() == null && message == null;
    }
}
