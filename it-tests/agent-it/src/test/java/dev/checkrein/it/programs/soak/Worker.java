package dev.checkrein.it.programs.soak;

import dev.checkrein.CancellationScope;
import dev.checkrein.EscalationPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One pooled thread that takes steps until they are cancelled, over and over again. To be used by one thread, which cancels. */
final class Worker implements AutoCloseable {
    private static final int LONGEST_DELAY_NANOS = 400_000;

    /** Beyond it something hangs. */
    private static final long LIMIT_SECONDS = 30;

    /** Making a class takes much longer than any other step. */
    private static final int FRESH_CLASS_EVERY = 16;

    private static final int BY_DEADLINE_EVERY = 3;

    private static final int NEXT_TASK = 10;

    private final ExecutorService thread;
    private final EscalationPolicy policy;
    private final Damage damage;
    private final Figures figures;
    private final Place place = new Place();
    private final FreshStep fresh = new FreshStep();
    private volatile boolean begun;
    private volatile Thread runner;

    Worker(String name, EscalationPolicy policy, Damage damage, Figures figures) {
        this.thread = Executors.newSingleThreadExecutor(body -> {
            Thread made = new Thread(body, name);
            made.setDaemon(true); // one that hangs must not keep the program from its end
            runner = made;
            return made;
        });
        this.policy = policy;
        this.damage = damage;
        this.figures = figures;
    }

    /** Has it begin, cancels it at some moment, and has it checked what the thread itself can tell. */
    void cancelOnce(SharedSteps steps, int number) throws Exception {
        begun = false;
        boolean byDeadline = number % BY_DEADLINE_EVERY == 0;
        long delay = 1 + place.next(LONGEST_DELAY_NANOS);
        CancellationScope named = CancellationScope.named("soak").withPolicy(policy);
        CancellationScope scope = byDeadline ? named.withDeadline(Duration.ofNanos(delay)) : named;
        Future<?> end = thread.submit(() -> run(scope, steps, number));
        if (!byDeadline) {
            awaitBegin();
            spin(delay);
            Place.Part part = place.part();
            scope.cancel("enough");
            figures.requested(part);
        }
        try {
            end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not ended: " + Arrays.toString(runner.getStackTrace()), e);
        }
    }

    private void awaitBegin() {
        while (!begun) {
            Thread.onSpinWait();
        }
    }

    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    private void run(CancellationScope scope, SharedSteps steps, int number) {
        figures.ended(causeOfEnd(() -> scope.call(() -> {
            begun = true;
            if (number % FRESH_CLASS_EVERY == 0) {
                fresh.take(place);
            }
            return takeAll(steps.all());
        })));
        place.between();
        damage.unless(!Thread.interrupted(), "interrupt left behind");
        steps.checkOwn(damage);
        fresh.check(damage);
        next();
    }

    /** Does not end by itself. */
    private Object takeAll(List<Step> steps) throws Exception {
        while (true) {
            steps.get(place.next(steps.size())).take(place);
            place.between();
        }
    }

    private String causeOfEnd(Callable<?> call) {
        try {
            return "nothing, it returned " + call.call();
        } catch (CancellationException | TimeoutException e) {
            return e.getCause().getClass().getSimpleName();
        } catch (Throwable e) {
            damage.seen("not ended but failed: " + e);
            return e.getClass().getSimpleName();
        }
    }

    /** What comes next on the thread is nobody's to end. */
    private void next() {
        try {
            for (int i = 0; i < NEXT_TASK; i++) {
                place.work();
            }
            damage.unless(!Thread.currentThread().isInterrupted(), "next task interrupted");
        } catch (Throwable e) {
            damage.seen("next task ended by " + e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
