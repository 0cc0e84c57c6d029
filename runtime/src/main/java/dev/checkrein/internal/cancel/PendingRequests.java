package dev.checkrein.internal.cancel;

/**
 * Keeps the {@link PollFlag} set while any call that was asked to end has not.
 *
 * <p>Memory ordering: a request is stored in its call, with a volatile write, before it is added here, and the flag is
 * written after that, volatile too. A poll that sees the flag set therefore sees the request. Adding and removing happen
 * under one monitor, so the last write of the flag always belongs to the last change of the count.
 */
final class PendingRequests {
    private final PollFlag flag;
    private int count;

    PendingRequests(PollFlag flag) {
        this.flag = flag;
    }

    synchronized void add() {
        if (count++ == 0) {
            flag.set(true);
        }
    }

    synchronized void remove() {
        if (--count == 0) {
            flag.set(false);
        }
    }
}
