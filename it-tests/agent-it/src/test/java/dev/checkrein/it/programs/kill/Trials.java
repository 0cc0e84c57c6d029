package dev.checkrein.it.programs.kill;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The runs of one row, one after another and on one thread, unless it is virtual: each is what the thread does after the one before. */
final class Trials implements AutoCloseable {
    /** Machines are busy. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(4);

    /** For so long it is watched that nothing happens, where nothing should: longer than any request there is polite or firm. */
    private static final long WATCHED_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    /** Code that has just begun is interpreted, and later compiled, once and again. */
    private static final int DELAYS = 5;

    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final double NANOS_PER_MILLI = 1e6;

    private final Row row;
    private final ExecutorService worker;
    private final int runs;
    private final long[] took;
    private int ended;
    private int byThemselves;

    Trials(Row row) throws ReflectiveOperationException {
        this.row = row;
        this.worker = newWorker(row.virtual());
        this.runs = row.name().equals(BusyRows.RACE) ? BusyRows.RACES : KillMatrix.RUNS;
        this.took = new long[runs];
    }

    private static ExecutorService newWorker(boolean virtual) throws ReflectiveOperationException {
        try {
            return virtual
                    ? (ExecutorService) Executors.class
                            .getMethod("newVirtualThreadPerTaskExecutor")
                            .invoke(null)
                    : Executors.newSingleThreadExecutor(body -> {
                        Thread thread = new Thread(body, "worker");
                        thread.setDaemon(true); // one that never ends must not keep the matrix from its end
                        return thread;
                    });
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is to be printed. */
    String run() throws Exception {
        for (int number = 0; number < runs; number++) {
            String failure = runOnce(number);
            if (failure != null) {
                return figures() + ", run " + number + " " + failure;
            }
        }
        return figures();
    }

    /** What is wrong, or null. */
    private String runOnce(int number) throws Exception {
        Work work = row.work().get();
        boolean racing = runs == BusyRows.RACES;
        Trial trial = new Trial(row, work, !racing && number % 2 == 1);
        worker.execute(trial);
        trial.request(racing ? 0 : number % DELAYS * DELAY_NANOS);
        if (row.ending() != Row.Ending.ENDS) {
            if (trial.awaitEnd(WATCHED_NANOS)) {
                return "ended although nothing was released: " + trial.outcome();
            }
            trial.requestedNow();
            work.release();
        }
        if (!trial.awaitEnd(LIMIT_NANOS)) {
            return "did not end within its limit";
        }
        work.release();
        work.ended(trial.endedByItself());
        if (trial.disturbance() != null) {
            return "disturbed what came next: " + trial.disturbance();
        }
        if (trial.endedByItself() && !racing) {
            return "was not ended: " + trial.outcome();
        }
        byThemselves += trial.endedByItself() ? 1 : 0;
        took[ended++] = trial.nanosToEnd();
        return null;
    }

    private String figures() {
        long[] sorted = Arrays.copyOf(took, ended);
        Arrays.sort(sorted);
        String times = ended == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "p50 %.1f ms, max %.1f ms",
                        sorted[ended / 2] / NANOS_PER_MILLI,
                        sorted[ended - 1] / NANOS_PER_MILLI);
        return runs + " runs, " + ended + " ended, " + times
                + (byThemselves > 0 ? ", " + byThemselves + " by themselves" : "");
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
