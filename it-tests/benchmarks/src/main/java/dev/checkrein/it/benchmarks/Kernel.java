package dev.checkrein.it.benchmarks;

/**
 * A small piece of work, the same each time it is run. Starts from scratch each time, so that it may be cancelled anywhere and
 * run again. An instance is for one thread at a time.
 */
public interface Kernel {
    /** Does it, and returns something that depends on all of it. One of those that are endless does not return. */
    long run();
}
