package dev.checkrein.it.programs;

import dev.checkrein.CancellationError;
import dev.checkrein.CancellationScope;
import dev.checkrein.Checkrein;
import dev.checkrein.OnCancelled;
import dev.checkrein.QuarantinedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** What becomes of work that had to be ended, and of that beside work that fails. */
public final class Aftermaths {
    /** Ends what spins, and never what is quick, however long it is kept from a processor. */
    private static final Duration BUDGET = Duration.ofMillis(50);

    private static final int THREADS = 3;

    private static volatile long sink;

    private Aftermaths() {}

    public static void main(String[] args) throws Exception {
        System.out.println("retry: " + retry());
        System.out.println("quarantine: " + quarantine());
        System.out.println("fail fast: " + failFast());
    }

    private static void spin() {
        while (true) {
            sink++;
        }
    }

    /** Spins until the state has been made three times. */
    private static String retry() throws TimeoutException {
        List<StringBuilder> states = new ArrayList<>();
        CancellationScope scope =
                CancellationScope.named("retry").withCpuBudget(BUDGET).onCancelled(OnCancelled.retry(5));
        return scope.callAnew(
                () -> {
                    states.add(new StringBuilder());
                    return states.get(states.size() - 1);
                },
                state -> {
                    state.append("fresh state, run ").append(states.size());
                    while (states.size() < 3) {
                        sink++;
                    }
                    return state.toString();
                });
    }

    private static String quarantine() throws Exception {
        CancellationScope scope =
                CancellationScope.named("plugin").withCpuBudget(BUDGET).onCancelled(OnCancelled.quarantine(2));
        for (int i = 0; i < 2; i++) {
            try {
                scope.run(Aftermaths::spin);
            } catch (CancellationException e) {
                sink++;
            }
        }
        try {
            return "taken: " + scope.<String>call(() -> "yes");
        } catch (QuarantinedException e) {
            scope.release();
            return e.getCause().getClass().getSimpleName() + ", released: " + scope.<String>call(() -> "yes");
        }
    }

    private static String failFast() throws InterruptedException {
        CountDownLatch cleanedUp = new CountDownLatch(1);
        CountDownLatch spinning = new CountDownLatch(THREADS);
        List<String> panics = new ArrayList<>();
        Checkrein.setPanicHook(panic ->
                panics.add(panic.thread().getName() + " " + panic.failure().getMessage()));
        CancellationScope scope = CancellationScope.named("group").withFailFast(cleanedUp::countDown);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> ends = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> {
                try {
                    scope.run(() -> {
                        spinning.countDown();
                        spin();
                    });
                } catch (TimeoutException | CancellationException e) {
                    synchronized (ends) {
                        ends.add(e);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        spinning.await();
        Thread failing = scope.threadFactory(body -> new Thread(body, "failing"))
                .newThread(() -> {
                    throw new IllegalStateException("for the test");
                });
        failing.setUncaughtExceptionHandler((thread, failure) -> panics.add("uncaught " + failure.getMessage()));
        failing.start();
        failing.join();
        for (Thread thread : threads) {
            thread.join();
        }
        cleanedUp.await();
        long because = ends.stream()
                .filter(end -> end.getCause() instanceof IllegalStateException
                        && end.getSuppressed()[0] instanceof CancellationError)
                .count();
        return because + " ended because of it, " + panics;
    }
}
