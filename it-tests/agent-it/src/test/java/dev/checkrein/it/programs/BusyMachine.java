package dev.checkrein.it.programs;

import dev.checkrein.Stall;
import dev.checkrein.Watchdog;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A thread among many that are all busy. Prints what a watchdog found.
 *
 * <p>Arguments: busy threads for each processor; how long each beat takes, in milliseconds on a processor, or 0 for no beats; after how
 * many milliseconds to warn; after how many to cancel; for how many milliseconds to go on.
 */
public final class BusyMachine {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final long TOLD_MILLIS = 200;

    private static volatile long sink;

    private BusyMachine() {}

    public static void main(String[] args) throws Exception {
        int busy = Integer.parseInt(args[0]) * Runtime.getRuntime().availableProcessors();
        CountDownLatch running = new CountDownLatch(busy);
        for (int i = 0; i < busy; i++) {
            Thread thread = new Thread(() -> spin(running), "busy");
            thread.setDaemon(true);
            thread.start();
        }
        running.await();
        List<Stall> told = new CopyOnWriteArrayList<>();
        try (Watchdog dog = Watchdog.builder()
                .warnAfter(Duration.ofMillis(Long.parseLong(args[2])))
                .cancelAfter(Duration.ofMillis(Long.parseLong(args[3])))
                .withListener(told::add)
                .build()) {
            long beatNanos = Duration.ofMillis(Long.parseLong(args[1])).toNanos();
            long nanos = Duration.ofMillis(Long.parseLong(args[4])).toNanos();
            long beats = dog.call("slow", watch -> work(watch, beatNanos, nanos));
            System.out.println("beats: " + (beats > 0));
        }
        Thread.sleep(TOLD_MILLIS); // nobody says that there is nothing to be told
        told.forEach(stall -> System.out.println(stall.level() + " " + stall.verdict()));
        System.exit(0);
    }

    private static void spin(CountDownLatch running) {
        running.countDown();
        while (true) {
            sink++;
        }
    }

    private static long work(Watchdog.Watch watch, long beatNanos, long nanos) {
        long beats = 0;
        long start = System.nanoTime();
        long beatenAt = THREADS.getCurrentThreadCpuTime();
        while (System.nanoTime() - start < nanos) {
            for (int i = 0; i < 1_000; i++) {
                sink++;
            }
            long now = THREADS.getCurrentThreadCpuTime();
            if (beatNanos > 0 && now - beatenAt >= beatNanos) {
                watch.beat();
                beatenAt = now;
                beats++;
            }
        }
        return beats;
    }
}
