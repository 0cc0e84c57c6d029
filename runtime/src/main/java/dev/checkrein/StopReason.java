package dev.checkrein;

import java.util.Objects;

/**
 * Why threads are paused. Make your own as you need them.
 *
 * @param name for messages and statistics
 * @param priority whose turn it is first: the greater, the sooner. A request that waits gains one step every 100 ms, so that no
 *     reason starves. 0 to 100
 */
public record StopReason(String name, int priority) {
    /** A guest's memory is collected. */
    public static final StopReason GARBAGE_COLLECTION = new StopReason("garbage collection", 30);

    /** Something is to be read as it stands at one moment. */
    public static final StopReason SNAPSHOT = new StopReason("snapshot", 20);

    /** Somebody wants to look. */
    public static final StopReason DEBUG = new StopReason("debug", 10);

    private static final int HIGHEST_PRIORITY = 100;

    /** @throws IllegalArgumentException if the priority is out of range */
    public StopReason {
        Objects.requireNonNull(name, "name");
        if (priority < 0 || priority > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException(
                    "a priority is between 0 and " + HIGHEST_PRIORITY + ", and " + priority + " is not");
        }
    }
}
