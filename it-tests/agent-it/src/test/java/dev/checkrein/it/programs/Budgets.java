package dev.checkrein.it.programs;

import dev.checkrein.CancellableExecutor;
import dev.checkrein.CancellationScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Bodies that use too much, or seem to. Prints how each ended. Needs a heap of a few hundred megabytes. Where one sleeps, it is
 * because that must not be taken for work.
 */
public final class Budgets {
    private static final Duration CPU = Duration.ofMillis(100);
    private static final long MEGABYTE = 1 << 20;
    /** The word of a message that says how much. */
    private static final int ALLOCATED = 4;

    private static final CancellationScope CPU_SCOPE =
            CancellationScope.named("work").withCpuBudget(CPU);

    private static volatile long sink;

    private Budgets() {}

    public static void main(String[] args) throws Exception {
        run("spins", CPU_SCOPE, Budgets::spin);
        run("spins and swallows", CPU_SCOPE, Budgets::swallow);
        run("helper spins", CPU_SCOPE, Budgets::letSpin);
        run("sleeps", CPU_SCOPE, () -> {
            Thread.sleep(5 * CPU.toMillis()); // the subject: it uses no CPU time
            return "awake";
        });
        CancellationScope memory = CancellationScope.named("work").withAllocationBudget(32 * MEGABYTE);
        run("keeps what it allocates", memory, Budgets::keep);
        run("drops what it allocates", memory, Budgets::drop);
        run("spins inside", CPU_SCOPE, () -> {
            while (true) {
                CancellationScope.named("inner")
                        .withCpuBudget(Duration.ofHours(1))
                        .withAllocationBudget(Long.MAX_VALUE)
                        .call(() -> sink++);
            }
        });
        task();
        if (args.length > 0) {
            virtual();
        }
    }

    private static void run(String name, CancellationScope scope, Callable<?> body) {
        System.out.println(name + ": " + ended(() -> scope.call(body)));
    }

    private static String ended(Callable<?> call) {
        try {
            return "returned " + call.call();
        } catch (CancellationException e) {
            return describe(e) + ", by " + e.getCause().getClass().getSimpleName();
        } catch (Throwable e) {
            return e.toString();
        }
    }

    /** Without what differs from run to run, but for whether it is in reason: how late it is noticed depends on how busy the machine is. */
    private static String describe(CancellationException e) {
        String[] words = e.getMessage().split(" ");
        for (int i = 0; i < words.length; i++) {
            if (words[i].matches("0\\.[1-9]\\d{5}")) {
                words[i] = "0.…";
            } else if (i == ALLOCATED && words[i].matches("\\d{8,9}")) {
                words[i] = "…";
            }
        }
        return String.join(" ", words);
    }

    private static Object spin() {
        while (true) {
            sink++;
        }
    }

    private static Object swallow() {
        while (true) {
            try {
                spin();
            } catch (Throwable swallowed) {
                sink += 2;
            }
        }
    }

    private static Object letSpin() throws InterruptedException {
        ThreadFactory threads = CPU_SCOPE.threadFactory(Thread::new);
        List<Thread> helpers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread helper = threads.newThread(Budgets::spin);
            helper.setUncaughtExceptionHandler((dead, thrown) -> sink++);
            helper.start();
            helpers.add(helper);
        }
        try {
            Thread.sleep(Long.MAX_VALUE); // until it is ended
        } finally {
            for (Thread helper : helpers) {
                helper.join();
            }
        }
        return null;
    }

    private static Object keep() {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new byte[1 << 10]);
        }
    }

    private static Object drop() {
        while (true) {
            sink += new byte[1 << 10].length;
        }
    }

    private static void task() throws Exception {
        try (CancellableExecutor executor = CancellableExecutor.wrap(Executors.newFixedThreadPool(1))
                .withName("work")
                .withCpuBudget(CPU)) {
            Callable<Object> spinning = Budgets::spin;
            System.out.println("task: "
                    + ended(() -> {
                        try {
                            return executor.submit(spinning).get();
                        } catch (ExecutionException e) {
                            throw (Exception) e.getCause();
                        }
                    }));
        }
    }

    private static void virtual() throws Exception {
        Thread thread = (Thread) Thread.class
                .getMethod("startVirtualThread", Runnable.class)
                .invoke(null, (Runnable) () -> {
                    run("virtual", CPU_SCOPE, Budgets::spin);
                    run("virtual", CancellationScope.named("work").withAllocationBudget(1), Budgets::spin);
                });
        thread.join();
    }
}
