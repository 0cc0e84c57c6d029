package dev.checkrein.it.programs.soak;

import dev.checkrein.EscalationPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Cancels steps at random moments, and looks whether anything is left behind: a lock, a dead class, an open resource, a collection
 * that is torn, an interrupt. Arguments: how often, and {@code polite} or {@code rude}. Prints what was hit, and the damage.
 *
 * <p>Polite, two workers get into each other's way, and all is looked at when both have been cancelled some hundred times. Rude, a
 * single one must not wait for what it has left behind itself: everything is looked at after each cancel, and made anew.
 */
public final class CancelSoak {
    /** As long as the program runs, and longer. */
    private static final EscalationPolicy POLITE =
            EscalationPolicy.defaults().withPolite(Duration.ofDays(1)).withReport(Duration.ofDays(1));

    private static final EscalationPolicy RUDE =
            EscalationPolicy.defaults().withPolite(Duration.ZERO).withReport(Duration.ofDays(1));

    private static final int POLITE_WORKERS = 2;
    private static final int POLITE_BATCH = 100;

    private final Damage damage = new Damage();
    private final Figures figures = new Figures();
    private final Path folder;

    private CancelSoak(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        int cancels = Integer.parseInt(args[0]);
        CancelSoak soak = new CancelSoak(Files.createTempDirectory("soak").toRealPath());
        long start = System.nanoTime();
        try {
            if (args[1].equals("polite")) {
                soak.run(cancels, POLITE, POLITE_WORKERS, POLITE_BATCH);
            } else {
                soak.run(cancels, RUDE, 1, 1);
            }
        } finally {
            soak.print(cancels, Duration.ofNanos(System.nanoTime() - start));
        }
        System.exit(0);
    }

    private void run(int cancels, EscalationPolicy policy, int count, int batch) throws Exception {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(new Worker("worker-" + i, policy, damage, figures));
        }
        ExecutorService cancellers = Executors.newFixedThreadPool(count, body -> {
            Thread canceller = new Thread(body, "canceller");
            canceller.setDaemon(true);
            return canceller;
        });
        SharedSteps steps = new SharedSteps(folder);
        for (int done = 0; done < cancels; done += count * batch) {
            long before = damage.total();
            SharedSteps current = steps;
            int first = done;
            List<Callable<Void>> tasks = new ArrayList<>();
            for (Worker worker : workers) {
                tasks.add(() -> cancelSome(worker, current, first, batch));
            }
            for (Future<Void> end : cancellers.invokeAll(tasks)) {
                end.get();
            }
            steps.check(damage);
            if (damage.total() > before) {
                steps = new SharedSteps(folder);
            }
        }
        cancellers.shutdown();
        workers.forEach(Worker::close);
    }

    private static Void cancelSome(Worker worker, SharedSteps steps, int first, int count) throws Exception {
        for (int number = first; number < first + count; number++) {
            worker.cancelOnce(steps, number);
        }
        return null;
    }

    private void print(int cancels, Duration took) {
        System.out.println("cancels: " + cancels + " in " + took.toMillis() + " ms");
        System.out.println("requested: " + figures.requested());
        System.out.println("ended by: " + figures.ended());
        damage.counts().forEach((kind, count) -> System.out.println("damage: " + kind + ": " + count));
        System.out.println("damages: " + damage.total());
    }
}
