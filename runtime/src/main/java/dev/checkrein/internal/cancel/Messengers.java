package dev.checkrein.internal.cancel;

import dev.checkrein.internal.timing.OwnThread;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Bring messages to code that may do anything, hang for one: to each recipient one after the other, and none waits for another as long
 * as there are threads left. Threads come when they are needed, and go when they have had nothing to do for a while. A recipient
 * that does not keep up loses messages, and is told how many. Thread-safe.
 */
final class Messengers {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** More than that all hang, most likely: each has a thread of its own otherwise. */
    private static final int MOST_RECIPIENTS = 1_000;

    private final String threadName;
    private final int mostThreads;
    private final int mostMessages;

    /** Those to whom there is something to bring. */
    private final Map<Object, Recipient> recipients = new IdentityHashMap<>();

    /** Those of them whom no thread is with. */
    private final Deque<Recipient> waiting = new ArrayDeque<>();

    private int threads;
    private int idleThreads;

    /** Messages for recipients for whom there was no room, since there last was. */
    private long refused;

    /** Something to be told. What it throws is dropped: it is to say itself that it has failed. */
    @FunctionalInterface
    interface Message {
        /** @param missed how many messages the recipient has lost just before this one */
        void deliver(long missed);
    }

    private static final class Recipient {
        private final Object identity;
        private final Deque<Message> messages = new ArrayDeque<>();
        private long missed;

        private Recipient(Object identity) {
            this.identity = identity;
        }
    }

    /**
     * @param mostThreads so many recipients can hang without a harm to others
     * @param mostMessages so many wait for one recipient before others are lost
     */
    Messengers(String threadName, int mostThreads, int mostMessages) {
        this.threadName = threadName;
        this.mostThreads = mostThreads;
        this.mostMessages = mostMessages;
    }

    /**
     * Has a message delivered after all that were sent to the same recipient, soon and on another thread. Never blocks.
     *
     * @return zero; or, if the message is lost, how many the recipient has lost by now since it took one
     * @throws OutOfMemoryError if no thread can be started. Then nothing has happened
     */
    synchronized long send(Object recipient, Message message) {
        Recipient known = recipients.get(recipient);
        if (known == null && recipients.size() >= MOST_RECIPIENTS) {
            return ++refused;
        }
        if (known != null && known.messages.size() >= mostMessages) {
            return ++known.missed;
        }
        Recipient to = known == null ? new Recipient(recipient) : known;
        to.messages.add(message);
        if (known == null) {
            refused = 0;
            beginWith(to);
        }
        return 0;
    }

    private void beginWith(Recipient fresh) {
        waiting.add(fresh);
        if (idleThreads >= waiting.size()) {
            notify();
        } else if (threads < mostThreads) {
            try {
                OwnThread.daemon(this::work, threadName).start();
                threads++;
            } catch (Throwable noThread) {
                waiting.removeLast();
                throw noThread;
            }
        }
        recipients.put(fresh.identity, fresh);
    }

    private void work() {
        for (Recipient next = next(null); next != null; next = next(next)) {
            deliverFirst(next);
        }
    }

    private void deliverFirst(Recipient recipient) {
        Message message;
        long missed;
        synchronized (this) {
            message = recipient.messages.poll();
            missed = recipient.missed;
            recipient.missed = 0;
        }
        try {
            message.deliver(missed);
        } catch (Throwable saidItself) {
            // The next one may come through.
        }
    }

    /** Null if there has been none for a while, and the thread is to end. */
    private synchronized Recipient next(Recipient servedBefore) {
        if (servedBefore != null) {
            leave(servedBefore);
        }
        long idleSince = System.nanoTime();
        while (waiting.isEmpty()) {
            long left = IDLE_NANOS - (System.nanoTime() - idleSince);
            if (left <= 0) {
                threads--;
                return null;
            }
            idleThreads++;
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException ofTheMessage) {
                // Whoever was told something has left an interrupt behind.
            } finally {
                idleThreads--;
            }
        }
        return waiting.poll();
    }

    private void leave(Recipient recipient) {
        if (recipient.messages.isEmpty()) {
            recipients.remove(recipient.identity);
        } else {
            waiting.add(recipient);
        }
    }
}
