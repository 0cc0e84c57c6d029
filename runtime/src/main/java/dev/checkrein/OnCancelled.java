package dev.checkrein;

/**
 * What becomes of work whose call had to be ended, by the scope's deadline or a budget: whether it is begun again, and for how long the
 * scope goes on taking such work. Given to {@link CancellationScope#onCancelled}.
 *
 * <p>A call that was ended because the scope was cancelled, or a scope around it was asked to end, is not begun again and does not
 * count. Nor does one whose body fails by itself.
 *
 * <p>Immutable.
 */
public final class OnCancelled {
    /** The call has ended, and that is all. */
    static final OnCancelled NOTHING = new OnCancelled(0, 0);

    private final int retries;

    /** Zero for never. */
    private final int quarantineAfter;

    private OnCancelled(int retries, int quarantineAfter) {
        this.retries = retries;
        this.quarantineAfter = quarantineAfter;
    }

    /**
     * The body is run again, at once and on the same thread, up to so many times. Each run has all of the deadline that counts from its
     * start, and all of the budgets; a {@link Deadline} that is over ends the retrying too. Each is given no more than that the body
     * is run anew: see {@link CancellationScope#callAnew} for state.
     *
     * @param times one or more
     * @throws IllegalArgumentException if it is less
     */
    public static OnCancelled retry(int times) {
        return new OnCancelled(positive("times that work is begun again", times), 0);
    }

    /**
     * When so many calls in a row had to be ended, the scope takes no more of them: they throw a {@link QuarantinedException}, until
     * {@link CancellationScope#release}. What runs by then goes on. A call that was begun again counts once, if it had to be ended
     * at last.
     *
     * @param after one or more. A call that ends by itself in between has the count begin anew
     * @throws IllegalArgumentException if it is less
     */
    public static OnCancelled quarantine(int after) {
        return NOTHING.thenQuarantine(after);
    }

    /** This, and {@link #quarantine} besides. */
    public OnCancelled thenQuarantine(int after) {
        return new OnCancelled(retries, positive("calls after which a scope is quarantined", after));
    }

    private static int positive(String what, int number) {
        if (number <= 0) {
            throw new IllegalArgumentException("the number of " + what + " must be one or more, was " + number);
        }
        return number;
    }

    int retries() {
        return retries;
    }

    int quarantineAfter() {
        return quarantineAfter;
    }

    @Override
    public String toString() {
        String retry = retries == 0 ? "" : "retry " + retries + (retries == 1 ? " time" : " times");
        String quarantine = quarantineAfter == 0 ? "" : "quarantine after " + quarantineAfter;
        return retry + (retry.isEmpty() || quarantine.isEmpty() ? "" : ", then ") + quarantine;
    }
}
