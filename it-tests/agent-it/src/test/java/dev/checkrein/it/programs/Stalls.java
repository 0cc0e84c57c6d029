package dev.checkrein.it.programs;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.Stall;
import dev.checkrein.StopReason;
import dev.checkrein.Watchdog;
import dev.checkrein.WatchdogBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Calls that get nowhere, each in its own way, and some that do. Prints what a watchdog found, and how each ended. Where one sleeps,
 * it is because that is what the watchdog is to judge. The class beside this one that is deaf must not be rewritten.
 */
@SuppressWarnings("try")
public final class Stalls {
    private static final Duration WARN = Duration.ofMillis(300);
    private static final Duration CANCEL = Duration.ofMillis(600);
    private static final Duration REPORT = Duration.ofMillis(1_200);

    private static final long NAP_MILLIS = 50;

    /** Is counted on by those that loop. */
    private static volatile long sink;

    private static final Object MONITOR = new Object();

    private Stalls() {}

    public static void main(String[] args) throws Exception {
        run("sleeps", Stalls::sleep);
        run("parks and beats no more", Stalls::beatThenPark);
        waitForAMonitor();
        run("loops", Stalls::loop);
        loopDeaf();
        standStill();
        runWhilePolling();
        if (args.length > 0) {
            virtual();
        }
        System.exit(0); // what is starved, or stuck, may go on
    }

    private static WatchdogBuilder times() {
        return Watchdog.builder().warnAfter(WARN).cancelAfter(CANCEL).reportAfter(REPORT);
    }

    private static void run(String name, Watchdog.Beating<Object> work) {
        List<Stall> told = new CopyOnWriteArrayList<>();
        try (Watchdog dog = times().withListener(told::add).build()) {
            String ended = ended(() -> dog.call(name, work));
            print(name, told, ended);
        }
    }

    /** The listener may be told a little later. */
    private static void print(String name, List<Stall> told, String ended) {
        told.removeIf(stall -> stall.verdict() == Stall.Verdict.STARVED); // that depends on the machine
        while (ended.startsWith("cancelled") && told.stream().noneMatch(stall -> stall.level() == Stall.Level.CANCEL)) {
            Thread.onSpinWait();
        }
        StringBuilder line = new StringBuilder(name).append(':');
        for (Stall stall : told) {
            line.append(' ')
                    .append(stall.level())
                    .append(' ')
                    .append(stall.verdict())
                    .append(',');
        }
        System.out.println(line.append(' ').append(ended));
    }

    private static String ended(Callable<Object> call) {
        try {
            return "returned " + call.call();
        } catch (CancellationException e) {
            return "cancelled, by "
                    + (e.getCause() == null
                            ? "nothing"
                            : e.getCause().getClass().getSimpleName());
        } catch (Throwable e) {
            return e.toString();
        }
    }

    private static Object sleep(Watchdog.Watch watch) throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE); // the subject: what it waits for never comes
        return null;
    }

    private static Object beatThenPark(Watchdog.Watch watch) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 2 * CANCEL.toNanos()) {
            watch.beat();
            sink++;
        }
        new CountDownLatch(1).await();
        return null;
    }

    private static Object loop(Watchdog.Watch watch) {
        while (true) {
            sink++;
        }
    }

    /** A monitor is not given up for a request, so it comes to the report, and then has it. */
    private static void waitForAMonitor() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch reported = new CountDownLatch(1);
        Thread owner = new Thread(() -> {
            synchronized (MONITOR) {
                held.countDown();
                await(reported);
            }
        });
        owner.start();
        held.await();
        List<Stall> told = new CopyOnWriteArrayList<>();
        try (Watchdog dog =
                times().withListener(tell(told, reported::countDown)).build()) {
            print(
                    "waits for a monitor",
                    told,
                    ended(() -> dog.call("monitor", watch -> {
                        synchronized (MONITOR) {
                            return sink++;
                        }
                    })));
        }
        owner.join();
    }

    private static Consumer<Stall> tell(List<Stall> told, Runnable whenReported) {
        return stall -> {
            told.add(stall);
            if (stall.level() == Stall.Level.REPORT && stall.verdict() != Stall.Verdict.STARVED) {
                whenReported.run();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Once with a watch that it does not beat on, and once where polls would do. */
    private static void loopDeaf() {
        for (boolean beats : new boolean[] {true, false}) {
            List<Stall> told = new CopyOnWriteArrayList<>();
            DeafLoop.begin();
            try (Watchdog dog =
                    times().withListener(tell(told, DeafLoop::enough)).build()) {
                Callable<Object> work = DeafLoop::run;
                Watchdog.Beating<Object> beating = watch -> DeafLoop.run();
                print("does not poll", told, ended(() -> beats ? dog.call("deaf", beating) : dog.call("deaf", work)));
            }
        }
    }

    /** Stopped by a pause that takes longer than any level. */
    private static void standStill() throws Exception {
        List<Stall> told = new CopyOnWriteArrayList<>();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicLong beats = new AtomicLong();
        try (Watchdog dog = times().withListener(told::add).build()) {
            Thread worker = new Thread(() -> print(
                    "stands still",
                    told,
                    ended(() -> dog.call("paused", watch -> {
                        while (!enough.get()) {
                            watch.beat();
                            beats.incrementAndGet();
                        }
                        return "well";
                    }))));
            worker.start();
            awaitMore(beats);
            try (Pause pause = SafepointCoordinator.global().pause(PauseRequest.of(StopReason.DEBUG))) {
                Thread.sleep(2 * REPORT.toMillis()); // the subject: how long nobody moves
            }
            awaitMore(beats);
            enough.set(true);
            worker.join();
        }
    }

    private static void awaitMore(AtomicLong beats) {
        long before = beats.get();
        while (beats.get() == before) {
            Thread.onSpinWait();
        }
    }

    /** For longer than any level takes, without a beat. */
    private static void runWhilePolling() {
        aliveWithoutBeats("polls", () -> sink++);
        aliveWithoutBeats("naps", () -> {
            Thread.sleep(NAP_MILLIS); // the subject: it runs now and then
            return null;
        });
    }

    private static void aliveWithoutBeats(String name, Callable<Object> step) {
        List<Stall> told = new CopyOnWriteArrayList<>();
        try (Watchdog dog = times().withListener(told::add).build()) {
            Callable<Object> work = () -> {
                long start = System.nanoTime();
                while (System.nanoTime() - start < 2 * REPORT.toNanos()) {
                    step.call();
                }
                return "well";
            };
            print(name, told, ended(() -> dog.call(name, work)));
        }
    }

    private static void virtual() throws Exception {
        Thread thread = (Thread) Thread.class
                .getMethod("startVirtualThread", Runnable.class)
                .invoke(null, (Runnable) () -> {
                    run("sleeps on a virtual thread", Stalls::sleep);
                    run("loops on a virtual thread", Stalls::loop);
                });
        thread.join();
    }
}
