package dev.checkrein.it.programs;

import dev.checkrein.Checkrein;
import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.PauseStats;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of every kind write all the time, each to a place of its own; another pauses them again and again and reads all of it
 * twice in each pause. Arguments: how many pauses, and for how many microseconds each is held. Prints what was written during a
 * pause, and who did not come to write between the first pause and the last.
 */
public final class PausedWriters {
    private static final PauseRequest SNAPSHOT =
            PauseRequest.of(StopReason.SNAPSHOT).withTimeLimit(Duration.ofSeconds(60));

    private static final PauseRequest HANDSHAKE =
            PauseRequest.of(StopReason.DEBUG).withTimeLimit(Duration.ofSeconds(60));

    private PausedWriters() {}

    public static void main(String[] args) {
        try {
            pauseAgainAndAgain(args);
            System.exit(0);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1); // others run on
        }
    }

    private static void pauseAgainAndAgain(String[] args) throws Exception {
        int pauses = Integer.parseInt(args[0]);
        long holdNanos = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(args[1]));
        List<Writer> writers = Writers.startAll();
        awaitProgress(writers, read(writers)); // classes are loaded, and calls linked
        List<String> moved = new ArrayList<>();
        long[] nanos = new long[pauses];
        long[] first = null;
        for (int i = 0; i < pauses; i++) {
            long start = System.nanoTime();
            try (Pause pause = SafepointCoordinator.global().pause(SNAPSHOT)) {
                nanos[i] = System.nanoTime() - start;
                long[] before = read(writers);
                spin(holdNanos);
                long[] after = read(writers);
                for (int w = 0; w < before.length; w++) {
                    if (before[w] != after[w]) {
                        moved.add(writers.get(w).name() + " in pause " + i);
                    }
                }
                first = first == null ? after : first;
                if (!pause.isHeld()) {
                    moved.add("the lease ended");
                }
            }
            TimeUnit.MICROSECONDS.sleep(500); // the subject: what has come back from waiting meanwhile
        }
        awaitProgress(writers, first);
        awaitProgress(writers, read(writers)); // nobody still stands where the last pause had stopped it
        shakeHands();
        Arrays.sort(nanos);
        System.out.printf(
                "median %d us, longest %d us, %s%n",
                nanos[pauses / 2] / 1_000,
                nanos[pauses - 1] / 1_000,
                Checkrein.status().stops());
        for (PauseStats.ByReason each : SafepointCoordinator.global().stats().reasons()) {
            System.out.println(each);
            System.out.println(each.reason() + ": " + each.count() + " pauses, " + each.timeouts() + " timeouts");
        }
        System.out.println("moved: " + moved);
    }

    /** For every thread there is once, by most themselves: the writers run. */
    private static void shakeHands() throws Exception {
        Set<Thread> done = ConcurrentHashMap.newKeySet();
        AtomicInteger times = new AtomicInteger();
        AtomicInteger byThemselves = new AtomicInteger();
        int threads = SafepointCoordinator.global().handshake(HANDSHAKE, thread -> {
            done.add(thread);
            times.incrementAndGet();
            byThemselves.addAndGet(thread == Thread.currentThread() ? 1 : 0);
        });
        System.out.println(byThemselves + " of " + threads + " threads have shaken hands by themselves");
        boolean once = done.size() == threads && times.get() == threads;
        System.out.println("handshake: " + (once && byThemselves.get() > 0 ? "once for each" : done + ", " + times));
    }

    private static long[] read(List<Writer> writers) {
        long[] values = new long[writers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = writers.get(i).value().getAsLong();
        }
        return values;
    }

    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    /** Until each has written since. */
    private static void awaitProgress(List<Writer> writers, long[] since) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < since.length; i++) {
            while (writers.get(i).value().getAsLong() == since[i]) {
                if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
                    throw new IllegalStateException(writers.get(i).name() + " does not write");
                }
                Thread.sleep(1); // leaves the processors to the writers; looked at again, whoever was first
            }
        }
    }
}
