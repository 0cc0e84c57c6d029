package dev.checkrein.it.programs;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.PauseStats;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Pauses a few threads that run all the time, so often that every way for a pause, an arrival and a release to overlap comes about:
 * some pauses follow at once, some when a thread or two have woken up, some when all run again. Argument: how many. Ends with an
 * error if a thread moves during a pause, or does not run after one.
 */
public final class PauseSoak {
    private static final int THREADS = 4;

    /** One pause in so many waits until one of the threads has run again, which may take some turns of the others. */
    private static final int PER_AWAITED = 16;

    /** And one in so many until all have. */
    private static final int PER_ALL_AWAITED = 1_000;

    private static final long LONGEST_GAP_NANOS = 100_000;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final Mutator[] MUTATORS = new Mutator[THREADS];

    private PauseSoak() {}

    /** Writes two fields by turns, without any order that others could see. */
    private static final class Mutator extends Thread {
        private long first;
        private long second;

        private Mutator(int number) {
            super("mutator-" + number);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                first++;
                if (first % 1024 == 0) {
                    step(); // a call, for other polls than those of loops
                }
                second++;
            }
        }

        private void step() {
            second += new long[] {1}.length - 1;
        }
    }

    public static void main(String[] args) throws Exception {
        long pauses = Long.parseLong(args[0]);
        for (int i = 0; i < THREADS; i++) {
            MUTATORS[i] = new Mutator(i);
            MUTATORS[i].start();
        }
        for (long i = 0; i < pauses; i++) {
            long[] seen = pause(i);
            if (i % PER_ALL_AWAITED == 3) {
                for (int thread = 0; thread < THREADS; thread++) {
                    awaitOne(seen, thread);
                }
            } else if (i % PER_AWAITED == 2) {
                awaitOne(seen, (int) (i / PER_AWAITED % THREADS));
            } else if (i % 2 == 1) {
                spin(ThreadLocalRandom.current().nextLong(LONGEST_GAP_NANOS));
            } // else the next one at once
        }
        PauseStats.ByReason stats =
                SafepointCoordinator.global().stats().reasons().get(0);
        System.out.println(stats);
        System.out.println("paused " + stats.count() + " times");
        System.exit(0);
    }

    private static long[] pause(long number) throws Exception {
        try (Pause pause = SafepointCoordinator.global().pause(PauseRequest.of(StopReason.SNAPSHOT))) {
            long[] seen = read();
            VarHandle.fullFence(); // or the two might become one
            long[] again = read();
            for (int i = 0; i < seen.length; i++) {
                if (seen[i] != again[i]) {
                    throw new IllegalStateException(MUTATORS[i / 2].getName() + " moved in pause " + number);
                }
            }
            if (!pause.isHeld()) {
                throw new IllegalStateException("pause " + number + " ended by itself");
            }
            return seen;
        }
    }

    private static long[] read() {
        long[] values = new long[2 * THREADS];
        for (int i = 0; i < THREADS; i++) {
            values[2 * i] = MUTATORS[i].first;
            values[2 * i + 1] = MUTATORS[i].second;
        }
        return values;
    }

    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    /** Until it has run since it was seen. */
    private static void awaitOne(long[] seen, int thread) {
        long start = System.nanoTime();
        while (read()[2 * thread] == seen[2 * thread]) {
            Thread.yield(); // it may need this processor
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException(MUTATORS[thread].getName() + " does not run");
            }
        }
    }
}
