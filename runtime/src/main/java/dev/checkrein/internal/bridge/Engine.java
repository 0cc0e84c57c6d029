package dev.checkrein.internal.bridge;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * What the API needs of whoever watches over this JVM's threads. Implementations are thread-safe. No method runs
 * application code, and none throws for a reason other than a programming error.
 */
public interface Engine {
    /** A deadline that never comes. */
    long NO_DEADLINE = Long.MAX_VALUE;

    /**
     * Begins a call on the calling thread, inside those it is in already.
     *
     * @param tag identity of the scope, for {@link #isRequested}
     * @param scopeName for messages
     * @param deadlineNanos time until a deadline request is made, in nanoseconds of wall-clock time, or
     *     {@link #NO_DEADLINE}
     * @param ladder how a request is to end it
     * @param errors makes what is thrown at a poll, from the message and the first error thrown for the same request
     *     (null for the first): every copy of the API throws its own class
     * @return the call; to be given to {@link #exit} on the same thread, innermost first
     */
    Object enter(
            Object tag,
            String scopeName,
            long deadlineNanos,
            Ladder ladder,
            BiFunction<String, Throwable, Error> errors);

    /**
     * As above, within budgets too.
     *
     * @throws UnsupportedOperationException if they cannot be kept; the message says why. No call has begun then
     */
    default Object enterWithin(
            Object tag,
            String scopeName,
            CallLimits limits,
            Ladder ladder,
            BiFunction<String, Throwable, Error> errors) {
        throw new UnsupportedOperationException("Checkrein's owner in this JVM knows no budgets");
    }

    /**
     * What the calling thread's use counts for, so that the use of threads which it starts can count for it too: for
     * {@link CallLimits#startedIn}. Null if nothing.
     */
    default Object budgets() {
        return null;
    }

    /** Asks a call to end, from any thread. Does nothing if it has ended or was asked before. */
    void cancel(Object call, String why);

    /**
     * What {@link #cancel} does to a call, given the reason. To be made while there is memory and run, once, when there
     * may be none: running it allocates nothing but the message, which it can do without.
     */
    default Consumer<String> canceller(Object call) {
        return why -> cancel(call, why);
    }

    /**
     * Ends a call. From here on no error and no interrupt reaches the thread because of it.
     *
     * @return the request that was made before the call ended, or null
     */
    EndRequest exit(Object call);

    /**
     * Asks the rest of a thread's life to end, or the work it does for others.
     *
     * @param ladder how
     * @param errors as {@link #enter} has it
     * @return for {@link #takeBack} and {@link #isOver}
     * @throws IllegalArgumentException if that cannot be done to this thread; the message says why
     * @throws IllegalStateException if code does not poll in this JVM
     */
    default Object cancelThread(Thread thread, String why, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
        throw new UnsupportedOperationException("Checkrein's owner in this JVM cannot cancel threads");
    }

    /** The thread is let go on, if it has not ended. */
    default void takeBack(Object cancelledThread) {}

    /** Whether it has ended, or was let go on. */
    default boolean isOver(Object cancelledThread) {
        return false;
    }

    /**
     * Asks all that runs in the classes of a loader to end, for as long as the loader is there.
     *
     * @param loader which this does not keep
     * @param ladder how; is kept until the loader is gone
     * @throws IllegalStateException if code does not poll in this JVM
     */
    default void cancelLoader(
            ClassLoader loader, String why, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
        throw new UnsupportedOperationException("Checkrein's owner in this JVM cannot cancel class loaders");
    }

    /**
     * From here on the calling thread does something that no request to end the calls it is in may tear apart.
     *
     * @return what {@link #exitShield} is to be given, on the same thread; null if there is nothing to leave
     */
    Object enterShield();

    /** That is over. */
    void exitShield(Object entered);

    /** Whether the calling thread is in a call with this tag and that call, or one around it, was asked to end. */
    boolean isRequested(Object tag);

    /** Whether the calling thread is in any call that was asked to end, or was asked to end itself. */
    default boolean isAnyRequested() {
        return false;
    }

    /**
     * Stops threads of this JVM at their polls, all together.
     *
     * @return null if the order was to be refused while there is another pause, and there is
     * @throws ThreadsLateException if not all have stopped in time; nobody is left standing
     * @throws IllegalStateException if code does not poll in this JVM, or the calling thread holds a pause already
     */
    HeldPause pause(PauseOrder order) throws ThreadsLateException;

    /**
     * Has something done once for each thread that is selected.
     *
     * @param action is given the thread, and how many nanoseconds ago threads were asked
     * @return for how many; or {@link PauseOrder#REFUSED}
     * @throws ThreadsLateException if not all have in time
     * @throws IllegalStateException as {@link #pause}, and if the action failed
     */
    int handshake(PauseOrder order, ObjLongConsumer<Thread> action) throws ThreadsLateException;

    /**
     * The calls of scopes that run and that no code of the application has made: for each its name, its thread, since how many
     * nanoseconds it runs, and what {@link #cancel} takes; those that began first, first.
     */
    default List<Object[]> scopes() {
        return List.of();
    }

    /** What pauses took so far, under the names of the components of {@code PauseStats}. */
    Map<String, Object> pauseStats();

    /** As if there had been no pauses. */
    void resetPauseStats();

    /**
     * Nanoseconds, under the names of the components of {@code Checkrein.PollTime}; empty unless polls are counted. May take a
     * while the first time.
     */
    default Map<String, Long> pollTime() {
        return Map.of();
    }

    /** Version, place and counts, under the names of the components of {@code Checkrein.Status}. */
    Map<String, Object> status();
}
