package dev.checkrein.internal.cancel;

/**
 * The requests whose calls have not ended. A list through the requests themselves, which allocates nothing and so loses
 * nothing: everything that is to be done for a request is found by going through it. {@link #add} is for any thread, the rest for
 * the delivery's.
 */
final class OpenRequests {
    /** Those that came since the last look; guarded by the monitor. */
    private OpenRequest newcomers;

    private OpenRequest first;

    private final Escalations escalations;

    /** @param escalations is told, once for each request, of a call that has ended */
    OpenRequests(Escalations escalations) {
        this.escalations = escalations;
    }

    /** Blocks for no longer than it takes to write two fields. */
    synchronized void add(OpenRequest request) {
        request.next = newcomers;
        newcomers = request;
    }

    private synchronized OpenRequest takeNewcomers() {
        OpenRequest taken = newcomers;
        newcomers = null;
        return taken;
    }

    /** Lets go of those whose calls have ended, and returns the first of the others, or null. */
    OpenRequest sweep() {
        OpenRequest kept = keepOpen(takeNewcomers(), null);
        first = keepOpen(first, kept);
        return first;
    }

    /** Puts those of a list that are open before another list. */
    private OpenRequest keepOpen(OpenRequest list, OpenRequest others) {
        OpenRequest kept = others;
        OpenRequest request = list;
        while (request != null) {
            OpenRequest next = request.next;
            if (request.call().hasEnded()) {
                request.next = null;
                escalations.ended(request.call());
            } else {
                request.next = kept;
                kept = request;
            }
            request = next;
        }
        return kept;
    }
}
