package dev.checkrein.internal.cancel;

import java.util.Map;
import java.util.Set;

/**
 * Makes polls take the slow path. Those in some form read a flag, and only have to be told by {@link #pending}; others do
 * nothing at all until they are armed, which may take a millisecond, and for which the JVM may have to stop for a moment.
 */
@FunctionalInterface
public interface PollSwitch {
    /** While true, every poll that reads the flag takes the slow path, except at returns. A volatile write. */
    void pending(boolean value);

    /** While true, polls at returns take the slow path. A volatile write. */
    default void returning(boolean value) {}

    /**
     * Has the loops in these classes poll until {@link #disarm}, those too that threads are in at the moment. All of what
     * arms and disarms must be called by one and the same thread.
     *
     * @param classNames with dots; the loops of other classes may poll too
     */
    default void armLoops(Set<String> classNames) {}

    /** Ends the effect of {@link #armLoops}, and of {@link #armEntries} as far as it can be ended. */
    default void disarm() {}

    /**
     * Has the entries and allocations in these classes poll: until {@link #disarm} where their loops were armed before, and else
     * whenever the flag is set, for good.
     */
    default void armEntries(Set<String> classNames) {}

    /**
     * Has code that runs in these classes look at the flag anew: compiled code may have read it once before a loop, if the
     * polls at entries in that loop are inlined and the loop itself does not poll.
     */
    default void lookAnew(Set<String> classNames) {}

    /**
     * Has all entries and allocations read the flag from now on, and makes all loops ready to be armed at little cost.
     *
     * @throws IllegalStateException if some do not
     */
    default void armAllEntries() {}

    /** Does all that the others do, in some place where there is no code, so that the first time that counts is not the first. */
    default void rehearse() {}

    /** How often polls were changed, under the names of the components of {@code Checkrein.Stops}. For any thread. */
    default Map<String, Long> changes() {
        return Map.of();
    }
}
