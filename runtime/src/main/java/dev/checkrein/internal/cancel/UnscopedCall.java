package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Ladder;
import java.util.function.BiFunction;

/**
 * What a thread does outside of any scope, or around those it is in, once it has been asked to end that. No boundary on the stack
 * tells where it began; it ends by itself, or by whoever notices that it has.
 */
abstract class UnscopedCall extends ScopeCall {
    private final Unscoped all;

    /** The next in the list of all; theirs to write. */
    volatile UnscopedCall next;

    UnscopedCall(
            Thread thread,
            String what,
            Ladder ladder,
            BiFunction<String, Throwable, Error> errors,
            Delivery delivery,
            Unscoped all) {
        super(thread, null, null, what, ladder, errors, delivery);
        this.all = all;
    }

    /** Whether the thread does it no more, as far as can be told without looking at its stack. For any thread. */
    abstract boolean isOver();

    @Override
    boolean isOver(ThreadSighting sighting) {
        return isOver();
    }

    @Override
    boolean isInShield() {
        return all.areShielded(thread());
    }

    /** It is asked again: the thread may have come to something else while its stack was looked at. */
    @Override
    boolean mayBeInterrupted() {
        return !isOver();
    }

    /** Its frames go down to the bottom of the stack. */
    @Override
    ScopeCall[] outermostFirst() {
        return new ScopeCall[0];
    }

    @Override
    int boundariesAbove(ThreadCalls calls) {
        return Integer.MAX_VALUE;
    }

    /** By any thread. */
    @Override
    EndRequest end() {
        all.remove(this);
        forgetError();
        return super.end();
    }
}
