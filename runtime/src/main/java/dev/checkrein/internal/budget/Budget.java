package dev.checkrein.internal.budget;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.timing.Watchdog;
import java.util.function.Consumer;

/**
 * What a call may use of something, and all calls that count for it may together. Lasts from the first of them to the last. When it is
 * used up they are all asked to end, and so is whoever comes after that. Thread-safe.
 */
final class Budget {
    private final String scopeName;
    private final Meter meter;
    private final long limit;
    private final Watchdog watchdog;

    /** Made now: there may be no memory when it is needed. */
    private final EndRequest overByUnknown;

    /** Before the first and behind the last share. This and what follows is guarded by the monitor. */
    private final Share ends = new Share(null, 0, null);

    private int threads;
    private long usedByEnded;
    private Pace pace;

    /** Null while there is no share. */
    private Watchdog.Deadline look;

    /** Null until it is used up. */
    private EndRequest over;

    Budget(String scopeName, Meter meter, long limit, Watchdog watchdog) {
        this.scopeName = scopeName;
        this.meter = meter;
        this.limit = limit;
        this.watchdog = watchdog;
        this.overByUnknown = new EndRequest(EndRequest.Kind.CANCEL, meter.over(scopeName, limit));
    }

    /** A thread's part, from the moment its call begins to the call's end. */
    final class Share {
        private final Thread thread;
        private final long start;
        private final Consumer<EndRequest> end;
        private long used;
        private Share previous = this;
        private Share next = this;

        private Share(Thread thread, long start, Consumer<EndRequest> end) {
            this.thread = thread;
            this.start = start;
            this.end = end;
        }

        Budget budget() {
            return Budget.this;
        }

        /** The call has ended. For its own thread. Needs no memory. */
        void close() {
            leave(this);
        }

        private long used() {
            try {
                long now = meter.read(thread);
                used = now == Meter.UNKNOWN ? used : Math.max(used, now - start);
            } catch (OutOfMemoryError full) {
                // As much as the last time, then.
            }
            return used;
        }
    }

    /**
     * From here on what the calling thread uses counts.
     *
     * @param end asks its call to end; takes no lock that is held by who takes or gives back a share
     * @throws UnsupportedOperationException if the JVM does not tell what this thread uses
     * @throws OutOfMemoryError if there is no thread to look. Then nothing has changed
     */
    Share share(Consumer<EndRequest> end) {
        Thread thread = Thread.currentThread();
        long start = meter.read(thread);
        if (start == Meter.UNKNOWN) {
            throw meter.untold(scopeName, thread);
        }
        Share share = new Share(thread, start, end);
        synchronized (this) {
            if (over == null) {
                awaitLook();
            } else {
                end.accept(over);
            }
            share.previous = ends.previous;
            share.next = ends;
            ends.previous.next = share;
            ends.previous = share;
            threads++;
        }
        return share;
    }

    private void awaitLook() {
        if (look == null) {
            pace = new Pace(meter, limit - usedByEnded, watchdog.now());
            look = watchdog.repeatedly(pace.first(), this::look);
        } else {
            look.comesWithin(pace.withOneMore(threads + 1, watchdog.now()));
        }
    }

    private synchronized void leave(Share share) {
        usedByEnded += share.used();
        share.previous.next = share.next;
        share.next.previous = share.previous;
        threads--;
        if (threads == 0 && look != null) {
            look.callOff();
            look = null;
        }
    }

    /** By the watchdog. */
    private synchronized void look() {
        if (look == null) {
            return;
        }
        long left = limit - used();
        if (left >= 0) {
            look.comesAfter(pace.next(left, threads, watchdog.now()));
            return;
        }
        over = over(limit - left);
        for (Share share = ends.next; share != ends; share = share.next) {
            share.end.accept(over);
        }
        look.callOff();
        look = null;
    }

    private long used() {
        long used = usedByEnded;
        for (Share share = ends.next; share != ends; share = share.next) {
            used += share.used();
        }
        return used;
    }

    private EndRequest over(long used) {
        try {
            return new EndRequest(EndRequest.Kind.CANCEL, meter.over(scopeName, used, limit));
        } catch (OutOfMemoryError full) {
            return overByUnknown;
        }
    }
}
