package dev.checkrein.it.programs.soak;

import java.util.List;

/** Steps of one kind, and what they share. */
interface Steps {
    List<Step> all();

    /** On a worker that is not in a step. */
    default void checkOwn(Damage damage) {}

    /** While no worker is in a step. On another thread. */
    void check(Damage damage);
}
