package dev.checkrein;

import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.bridge.PollCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** What Checkrein is doing in this JVM. Thread-safe. */
public final class Checkrein {
    private static volatile Consumer<Panic> panicHook;

    private Checkrein() {}

    /**
     * Has something done whenever a call of a scope has failed that {@linkplain CancellationScope#withFailFast() fails fast}: once for
     * each scope, on the thread that has failed, when the others have been asked to end and before the failure leaves the call.
     * What the hook throws is logged. It is that of the copy of Checkrein whose method this is.
     *
     * @param hook instead of the one before; null for none
     */
    public static void setPanicHook(Consumer<Panic> hook) {
        panicHook = hook;
    }

    static void panicked(Panic panic) {
        Consumer<Panic> hook = panicHook;
        if (hook != null) {
            hook.accept(panic);
        }
    }

    /** Whether the agent is installed in this JVM, so that rewritten code polls. */
    public static boolean isInstalled() {
        return status().installed();
    }

    /**
     * Ends what a thread does that is in no scope, or around those it is in: {@link #cancelThread(Thread, String, EscalationPolicy)}
     * with the default policy.
     */
    public static ThreadCancellation cancelThread(Thread thread, String why) {
        return cancelThread(thread, why, EscalationPolicy.defaults());
    }

    /**
     * Ends what a thread does that is in no scope, or around those it is in. Where there can be a {@link CancellationScope}, that is the
     * better way: it knows where its work begins and ends, and this hits whatever the thread is at.
     *
     * <p>Like a call of a scope the thread gets {@link CancellationError}s at its polls, and an interrupt where it is blocked. There is no
     * boundary that would turn them into something else:
     *
     * <ul>
     *   <li>A thread of the application's own, virtual or not, <b>ends</b>: the error comes again at each poll until it is out of the
     *       thread's body, and its uncaught exception handler gets it. So does the main thread, and the JVM goes on if others do.
     *   <li>A worker of a {@link java.util.concurrent.ThreadPoolExecutor}: <b>the task</b> that it is at ends, and nothing else. If the
     *       task was submitted, its {@code Future} has the error and the worker goes on; if it was given to {@code execute}, the error
     *       ends the worker, and the pool makes another. An idle worker is left alone.
     *   <li>A loop over events ends if it is rewritten itself. If it is not, and catches what its handlers throw, each of them is
     *       ended from then on, until this is {@linkplain ThreadCancellation#close() taken back}.
     * </ul>
     *
     * @param why a few words for the message of the error
     * @return to see whether it has ended, and to take it back
     * @throws IllegalArgumentException if the thread has not been started; if it is a worker of a {@code ForkJoinPool}, of whose tasks
     *     it cannot be told which it is at; if it belongs to the JVM or to Checkrein
     * @throws IllegalStateException without the agent
     */
    public static ThreadCancellation cancelThread(Thread thread, String why, EscalationPolicy policy) {
        Objects.requireNonNull(why, "why");
        return new ThreadCancellation(
                Objects.requireNonNull(thread, "thread"), why, policy.ladder("thread " + thread.getName()));
    }

    /**
     * Ends everything that runs in classes of a class loader, before a plugin is unloaded:
     * {@link #cancelLoader(ClassLoader, String, EscalationPolicy)} with the default policy.
     */
    public static void cancelLoader(ClassLoader loader, String why) {
        cancelLoader(loader, why, EscalationPolicy.defaults());
    }

    /**
     * Ends everything that runs in classes which a class loader has defined, for good, before a plugin is unloaded. A thread is ended where
     * it entered the outermost of their methods that it is in: if that is within a call of a scope, the call ends with a
     * {@link java.util.concurrent.CancellationException}; otherwise the error comes out to whoever called the method, if it is not
     * the thread's own. Threads that come to these classes later are ended as well, some seconds later perhaps, for as long as the loader is
     * there. It is not kept, and can be collected when nobody else keeps it: threads of its own that wait in a pool do, until the pool
     * is shut down.
     *
     * <p>Returns when all have been asked to end, not when they have ended.
     *
     * @param loader its own classes are meant, not those of loaders whose parent it is
     * @param policy how. Under one that is {@linkplain EscalationPolicy#forced() forced} its class initialisers are not spared, which do no
     *     harm if the classes are to go anyway. Its listener is kept until the loader is gone, and should not be of it
     * @throws IllegalStateException without the agent
     */
    public static void cancelLoader(ClassLoader loader, String why, EscalationPolicy policy) {
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(why, "why");
        Engines.current().cancelLoader(loader, why, policy.ladder("class loader"), CancellationError.MAKER);
    }

    /** The counts as they stand now. They are read one after the other, while classes are being rewritten. */
    public static Status status() {
        return Status.of(Engines.current().status());
    }

    /**
     * How much of the processors' time goes into polls, if the agent's option {@code count} is on. The first time it is asked this
     * takes some tenths of a second, to find out what a poll costs.
     *
     * @return empty if polls are not counted, or if this system does not tell the CPU time of a process
     */
    public static Optional<PollTime> pollTime() {
        Map<String, Long> nanos = Engines.current().pollTime();
        if (nanos.getOrDefault("cpu", 0L) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new PollTime(
                Duration.ofNanos(nanos.getOrDefault("inPolls", 0L)),
                Duration.ofNanos(nanos.getOrDefault("inSlowPath", 0L)),
                Duration.ofNanos(nanos.get("cpu"))));
    }

    /**
     * The calls that run at this moment of methods that the agent's option {@code scope} names, those that began first, first. Empty
     * without the agent.
     */
    public static List<RunningScope> scopes() {
        Engine engine = Engines.current();
        List<RunningScope> running = new ArrayList<>();
        for (Object[] found : engine.scopes()) {
            running.add(new RunningScope(engine, found));
        }
        return List.copyOf(running);
    }

    /**
     * {@linkplain RunningScope#cancel Ends} those of {@link #scopes} that have this name. Later calls start afresh.
     *
     * @param name a class, {@code #} and a method, in which {@code *} stands for any characters
     * @param why a few words for the message of the exception
     * @return how many were asked to end, by this or before
     */
    public static int cancelScopes(String name, String why) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(why, "why");
        int asked = 0;
        for (RunningScope running : scopes()) {
            if (NamePattern.matches(name, running.name())) {
                running.cancel(why);
                asked++;
            }
        }
        return asked;
    }

    /**
     * What polls take, since the agent started.
     *
     * <p>What is spent in polls that do nothing is too little to be measured where it is spent, and is <b>estimated</b>: the number
     * of polls of each kind, times what one took in a compiled loop in this JVM that does nothing else. A poll beside other work
     * may cost less, because the processor does both at once, or more, in code that is interpreted; and where several threads
     * poll, some are not counted. It is the cost of polls <b>that count</b>: others cost less or nothing.
     *
     * @param inPolls estimated, of all threads
     * @param inSlowPath what threads spent in the polls that found something pending; measured, in wall-clock time
     * @param cpu the time that the process has used of all processors; in steps of ten milliseconds on some systems
     */
    public record PollTime(Duration inPolls, Duration inSlowPath, Duration cpu) {
        /** The part of {@link #cpu} that polls take, slow path included: from 0, none, to 1, all. */
        public double share() {
            double polls = inPolls.toNanos() + inSlowPath.toNanos();
            return cpu.isZero() ? 0 : Math.min(1, polls / cpu.toNanos());
        }
    }

    /**
     * Numbers of polls, by kind.
     *
     * @param loops at back-edges
     * @param entries at method entries
     * @param allocations after allocations
     * @param returns after calls that may have blocked
     */
    public record Polls(long loops, long entries, long allocations, long returns) {
        /** Of all kinds. */
        public long total() {
            return loops + entries + allocations + returns;
        }

        private static Polls of(Object counts) {
            long[] byCode = counts == null ? new long[PollCode.COUNT] : (long[]) counts;
            return new Polls(
                    byCode[PollCode.LOOP],
                    byCode[PollCode.ENTRY],
                    byCode[PollCode.ALLOCATION],
                    byCode[PollCode.RETURN]);
        }
    }

    /**
     * What it took to stop threads so far, the agent's own rehearsals included.
     *
     * @param requests calls of scopes that were asked to end while they ran
     * @param pulses times for which polls were slow for all threads, of a few milliseconds each
     * @param promotions stubs of polls that were changed, once or twice for each at most, from doing nothing
     * @param flips times that the loops of a stub were made to poll, or no more
     * @param retransformations classes that were replaced by themselves to get a thread out of their compiled code
     * @param firm requests that did not stay polite; of these and the next two only those are counted that were still open
     * @param insisted requests that came to insist
     * @param reported requests that took so long that they were reported
     */
    public record Stops(
            long requests,
            long pulses,
            long promotions,
            long flips,
            long retransformations,
            long firm,
            long insisted,
            long reported) {
        private static Stops of(Map<String, Object> values) {
            return new Stops(
                    (Long) values.getOrDefault("requests", 0L),
                    (Long) values.getOrDefault("pulses", 0L),
                    (Long) values.getOrDefault("promotions", 0L),
                    (Long) values.getOrDefault("flips", 0L),
                    (Long) values.getOrDefault("retransformations", 0L),
                    (Long) values.getOrDefault("firm", 0L),
                    (Long) values.getOrDefault("insisted", 0L),
                    (Long) values.getOrDefault("reported", 0L));
        }
    }

    /**
     * What was rewritten and what was not.
     *
     * @param installed whether the agent is installed; if not, all counts are zero
     * @param version the version of the runtime that owns this JVM's threads, which may be another copy than the
     *     caller's own
     * @param classesRewritten classes that were given polls, each rewriting counted
     * @param inserted polls that were put into them
     * @param elided polls that were found superfluous
     * @param executed how often polls have run; zero unless the agent's option {@code count} is on. Counted without
     *     synchronisation: where several threads poll, some are missed
     * @param leftAlone classes and methods that were selected but not rewritten, or not in full, with the reason; the first
     *     hundred of them
     * @param leftAloneCount how many those are in all
     * @param stops what it took to stop threads
     */
    public record Status(
            boolean installed,
            String version,
            long classesRewritten,
            Polls inserted,
            Polls elided,
            Polls executed,
            List<String> leftAlone,
            long leftAloneCount,
            Stops stops) {

        /** Copies the list. */
        public Status {
            leftAlone = List.copyOf(leftAlone);
        }

        private static Status of(Map<String, Object> values) {
            return new Status(
                    (Boolean) values.getOrDefault("installed", false),
                    (String) values.get("version"),
                    (Long) values.getOrDefault("classesRewritten", 0L),
                    Polls.of(values.get("inserted")),
                    Polls.of(values.get("elided")),
                    Polls.of(values.get("executed")),
                    ((List<?>) values.getOrDefault("leftAlone", List.of()))
                            .stream().map(String::valueOf).toList(),
                    (Long) values.getOrDefault("leftAloneCount", 0L),
                    Stops.of(values));
        }
    }
}
