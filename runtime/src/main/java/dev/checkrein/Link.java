package dev.checkrein;

/**
 * A place in a ring, which begins and ends at a link without an item. Not thread-safe: whoever owns the ring has a lock.
 *
 * <p>None of the JDK's collections, because these may be rewritten by the user's choice: a poll in the middle of one could throw the
 * error of a scope around, and leave it torn. Nor does going in or out allocate anything, for which there may be no memory.
 */
final class Link<T> {
    private final T item;
    private Link<T> previous = this;
    private Link<T> next = this;

    /** Not in a ring yet, or a ring of its own. */
    Link(T item) {
        this.item = item;
    }

    T item() {
        return item;
    }

    Link<T> next() {
        return next;
    }

    /** Whether it is in a ring with others. */
    boolean isLinked() {
        return next != this;
    }

    /** For one that is not in a ring. */
    void linkBefore(Link<T> link) {
        next = link;
        previous = link.previous;
        previous.next = this;
        link.previous = this;
    }

    /** Does nothing if it is in no ring. */
    void unlink() {
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
    }
}
