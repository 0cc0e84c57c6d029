package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.EndRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is to end and is no call of a scope. Nearly always nothing, and so a list, which polls go through without a lock, and which is
 * read where little may be called. Thread-safe.
 */
final class Unscoped {
    private final Delivery delivery;

    /** Threads in shields of the user's, whatever scopes they are in. To be touched where polls do nothing. */
    private final Set<Thread> shielded = ConcurrentHashMap.newKeySet();

    private volatile UnscopedCall first;

    Unscoped(Delivery delivery) {
        this.delivery = delivery;
    }

    /** Asks it to end. Its thread hears of it with its next poll. */
    void request(UnscopedCall call, EndRequest request) {
        call.requestEnd(request); // first: what is in the list has a request
        synchronized (this) {
            call.next = first;
            first = call;
        }
        if (call.hasEnded()) {
            remove(call);
        }
        delivery.wake();
    }

    /** Does nothing if it is not there. Who is at it meanwhile misses those behind it, until the next poll. */
    synchronized void remove(UnscopedCall call) {
        if (first == call) {
            first = call.next;
        }
        for (UnscopedCall other = first; other != null; other = other.next) {
            if (other.next == call) {
                other.next = call.next;
            }
        }
        call.next = null; // or who keeps this one would keep all that have ended since
    }

    /**
     * The next of a thread's.
     *
     * @param before null for the first
     */
    UnscopedCall of(Thread thread, UnscopedCall before) {
        UnscopedCall call = before == null ? first : before.next;
        while (call != null && call.thread() != thread) {
            call = call.next;
        }
        return call;
    }

    /** Whether a thread is to end something that is no call of a scope. */
    boolean concern(Thread thread) {
        for (UnscopedCall call = of(thread, null); call != null; call = of(thread, call)) {
            if (!call.hasEnded() && !call.isOver()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The calling thread enters a shield of the user's.
     *
     * @return for {@link #exitShield}; null if there is nothing to leave
     */
    Object enterShield() {
        ThreadCalls calls = ThreadCalls.enterRuntime();
        if (calls == null) {
            return null;
        }
        try {
            if (calls.shields == 0) {
                shielded.add(Thread.currentThread());
            }
            calls.shields++;
            if (calls.innermost() != null) {
                calls.innermost().enterShield();
            }
            return calls.innermost() != null ? calls.innermost() : this;
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    /**
     * And leaves it. Polls may ask no more, if a request was found to be shielded.
     *
     * @param entered the innermost call at that time, which was protected too; or something else if there was none
     */
    void exitShield(Object entered) {
        ScopeCall protectedToo = entered instanceof ScopeCall ? (ScopeCall) entered : null;
        ThreadCalls calls = ThreadCalls.enterRuntime();
        try {
            boolean last = calls != null && --calls.shields == 0;
            if (last) {
                shielded.remove(Thread.currentThread());
            }
            if (protectedToo != null) {
                protectedToo.leaveShield();
            }
            for (ScopeCall each = protectedToo; each != null; each = each.outer()) {
                if (each.request() != null && !each.isInShield()) {
                    isShieldedNoMore(each);
                }
            }
            if (last) {
                leaveShields();
            }
        } finally {
            ThreadCalls.leaveRuntime(calls);
        }
    }

    private void leaveShields() {
        Thread self = Thread.currentThread();
        for (UnscopedCall call = of(self, null); call != null; call = of(self, call)) {
            isShieldedNoMore(call);
        }
    }

    private void isShieldedNoMore(ScopeCall call) {
        call.isShieldedNoMore();
        if (call.mayWaitForDelivery(System.nanoTime())) {
            delivery.returnedFromShield(call.delivered());
        } else {
            delivery.returned(call.delivered());
        }
    }

    boolean areShielded(Thread thread) {
        return shielded.contains(thread);
    }
}
