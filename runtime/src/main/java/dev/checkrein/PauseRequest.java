package dev.checkrein;

import dev.checkrein.internal.bridge.PauseOrder;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** What is asked of a {@link SafepointCoordinator}. Immutable; each {@code with…} returns another request. */
public final class PauseRequest {
    /** For how long a pause waits for its turn and for threads, unless told otherwise: 10 s. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);

    /** After how long at most a pause ends by itself, unless told otherwise: one minute. */
    public static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);

    private static final Predicate<Thread> ALL = thread -> true;

    private final StopReason reason;
    private final long limitNanos;
    private final long leaseNanos;
    /** Null for all. */
    private final Predicate<Thread> threads;

    private PauseRequest(StopReason reason, long limitNanos, long leaseNanos, Predicate<Thread> threads) {
        this.reason = reason;
        this.limitNanos = limitNanos;
        this.leaseNanos = leaseNanos;
        this.threads = threads;
    }

    /** A pause of all threads, with the default time limit and lease. */
    public static PauseRequest of(StopReason reason) {
        Objects.requireNonNull(reason, "reason");
        return new PauseRequest(reason, DEFAULT_TIME_LIMIT.toNanos(), DEFAULT_LEASE.toNanos(), null);
    }

    /**
     * How long to wait for the turn and then for threads to stop, in all.
     *
     * @throws IllegalArgumentException if it is not positive or longer than 292 years
     */
    public PauseRequest withTimeLimit(Duration limit) {
        return new PauseRequest(reason, nanos("time limit", limit), leaseNanos, threads);
    }

    /** Waits for as long as it takes. */
    public PauseRequest withoutTimeLimit() {
        return new PauseRequest(reason, PauseOrder.UNLIMITED, leaseNanos, threads);
    }

    /**
     * When the pause ends by itself if nobody has ended it, counted from the moment when all had stopped: so that a requester
     * that dies or hangs does not stop the application for ever.
     *
     * @throws IllegalArgumentException if it is not positive or longer than 292 years
     */
    public PauseRequest withLease(Duration lease) {
        return new PauseRequest(reason, limitNanos, nanos("lease", lease), threads);
    }

    /**
     * Pauses just these threads.
     *
     * @param wanted asked often, by the requester and by threads that poll, while others stand still: must be quick, take no
     *     lock, and load no class. A thread for which the answer changes stops or goes on at its next poll. If it throws, the
     *     pause does not come about, and says so
     */
    public PauseRequest withThreads(Predicate<Thread> wanted) {
        return new PauseRequest(reason, limitNanos, leaseNanos, Objects.requireNonNull(wanted, "wanted"));
    }

    /** Pauses just these threads. Copies the collection. */
    public PauseRequest withThreads(Collection<Thread> wanted) {
        Set<Thread> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(wanted);
        return withThreads(set::contains);
    }

    /** Pauses just the threads that are in a call of this scope. One that begins a call meanwhile stops at its next poll. */
    public PauseRequest withThreadsIn(CancellationScope scope) {
        return withThreads(scope::isRunning);
    }

    /**
     * Pauses just the threads that belong to an application or plugin by their {@linkplain Thread#getContextClassLoader context
     * class loader}: it is this one, or has it among its parents.
     */
    public PauseRequest withThreadsOf(ClassLoader loader) {
        Objects.requireNonNull(loader, "loader");
        return withThreads(thread -> {
            ClassLoader each = thread.getContextClassLoader();
            while (each != null && each != loader) {
                each = each.getParent();
            }
            return each != null;
        });
    }

    /**
     * Pauses just the threads with such a name.
     *
     * @param pattern the name, in which {@code *} stands for any characters, none included
     */
    public PauseRequest withThreadsNamed(String pattern) {
        NamePattern.matches(pattern, ""); // is loaded now, and not while threads stand still
        return withThreads(thread -> NamePattern.matches(pattern, thread.getName()));
    }

    static long nanos(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a " + what + " must be positive, and " + duration + " is not");
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a " + what + " must be shorter than 292 years, and " + duration + " is not", e);
        }
    }

    /** Why. */
    public StopReason reason() {
        return reason;
    }

    PauseOrder order(boolean orRefuse) {
        Predicate<Thread> selected = threads == null ? ALL : threads;
        return new PauseOrder(reason.name(), reason.priority(), limitNanos, leaseNanos, selected, orRefuse);
    }
}
