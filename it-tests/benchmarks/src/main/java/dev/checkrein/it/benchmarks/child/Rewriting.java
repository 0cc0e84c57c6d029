package dev.checkrein.it.benchmarks.child;

import dev.checkrein.Checkrein;

/** Makes sure that what is measured is what it is said to be. */
final class Rewriting {
    private Rewriting() {}

    /** @throws IllegalStateException if the agent is there and should not be, or has put no poll into anything loaded so far */
    static void mustBe(boolean expected) {
        Checkrein.Status status = Checkrein.status();
        boolean rewritten = status.installed() && status.inserted().total() > 0;
        if (rewritten != expected || status.installed() != expected) {
            throw new IllegalStateException((expected ? "no polls here: " : "polls here: ") + status);
        }
    }
}
