package dev.checkrein;

import java.util.Objects;

/**
 * What the calls of a scope lead to, beside their results.
 *
 * @param onCancelled when one has to be ended
 * @param failsFast whether one that fails has the others cancelled
 * @param cleanup to be run once they have ended then; or null
 */
record Aftermath(OnCancelled onCancelled, boolean failsFast, Runnable cleanup) {
    static final Aftermath NONE = new Aftermath(OnCancelled.NOTHING, false, null);

    Aftermath with(OnCancelled other) {
        return new Aftermath(Objects.requireNonNull(other, "onCancelled"), failsFast, cleanup);
    }

    Aftermath withFailFast(Runnable cleansUp) {
        return new Aftermath(onCancelled, true, cleansUp);
    }
}
