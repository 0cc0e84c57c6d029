package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.EndRequest;
import java.math.BigDecimal;

/**
 * What is requested when deadlines pass. Made when a call begins, because there may be no memory when its deadline passes, and kept
 * for the next calls of the same scope: the message takes more than all else that a deadline needs. Thread-safe.
 */
final class DeadlineRequests {
    /** As many scopes as one may expect to be in use at the same time, and a power of two. */
    private static final int KEPT = 64;

    /** Those of scopes that fall on the same place replace each other. Read and written without a lock: records are whole. */
    private final Made[] kept = new Made[KEPT];

    private record Made(String scopeName, long nanos, EndRequest request) {
        boolean isFor(String otherName, long otherNanos) {
            return nanos == otherNanos && scopeName.equals(otherName);
        }
    }

    /** @param nanos from the start of the call to its deadline */
    EndRequest of(String scopeName, long nanos) {
        int place = (31 * scopeName.hashCode() + Long.hashCode(nanos)) & KEPT - 1;
        Made made = kept[place];
        if (made == null || !made.isFor(scopeName, nanos)) {
            made = new Made(scopeName, nanos, make(scopeName, nanos));
            kept[place] = made;
        }
        return made.request();
    }

    private static EndRequest make(String scopeName, long nanos) {
        String seconds = BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
        return new EndRequest(
                EndRequest.Kind.DEADLINE,
                "scope \"" + scopeName + "\" was still busy at its deadline, " + seconds + " s after its start");
    }
}
