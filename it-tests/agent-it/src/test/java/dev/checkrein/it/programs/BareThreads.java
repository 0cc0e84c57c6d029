package dev.checkrein.it.programs;

import dev.checkrein.CancellationError;
import dev.checkrein.CancellationScope;
import dev.checkrein.Checkrein;
import dev.checkrein.EscalationPolicy;
import dev.checkrein.Shield;
import dev.checkrein.ThreadCancellation;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Cancels threads that know of no scope, of every kind, and prints what they do afterwards. */
public final class BareThreads {
    private static final int ROUNDS = 100;

    /** On a machine that is busy: no report is to be among what is printed. */
    private static final EscalationPolicy PATIENT = EscalationPolicy.defaults().withReport(Duration.ofHours(1));

    private static final int EVENTS = 3;

    private static volatile long sink;

    private BareThreads() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            endMain();
            return;
        }
        System.out.println("spins: " + ended(BareThreads::spin));
        System.out.println("swallows: " + ended(BareThreads::swallow));
        System.out.println("sleeps: " + ended(BareThreads::sleep));
        System.out.println(
                "in a scope: " + ended(() -> CancellationScope.named("inner").call(BareThreads::spin)));
        System.out.println("virtual: " + endedVirtual());
        shielded();
        takenBack();
        submitted();
        executed();
        idle();
        forked();
        events();
        wrong();
    }

    private interface Body {
        Object run() throws Exception;
    }

    private static String ended(Body body) throws InterruptedException {
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = new Thread(() -> run(body, begun));
        thread.setUncaughtExceptionHandler((dead, thrown) -> uncaught.set(thrown));
        return end(thread, begun, uncaught);
    }

    private static void run(Body body, CountDownLatch begun) {
        begun.countDown();
        try {
            body.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String end(Thread thread, CountDownLatch begun, AtomicReference<Throwable> uncaught)
            throws InterruptedException {
        thread.start();
        begun.await();
        ThreadCancellation cancellation = Checkrein.cancelThread(thread, "enough", PATIENT);
        thread.join();
        return "over " + cancellation.isOver() + ", by "
                + uncaught.get().getMessage().replaceAll("\"[^\"]*\"", "it");
    }

    /** By reflection: there are none on 17. */
    private static String endedVirtual() throws Exception {
        if (Runtime.version().feature() < 21) {
            return "none";
        }
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Thread thread = (Thread) Class.forName("java.lang.Thread$Builder")
                .getMethod("unstarted", Runnable.class)
                .invoke(builder, (Runnable) () -> run(BareThreads::swallow, begun));
        thread.setUncaughtExceptionHandler((dead, thrown) -> uncaught.set(thrown));
        return end(thread, begun, uncaught);
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
                sink--;
            }
        }
    }

    private static Object sleep() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE); // the subject
            } catch (InterruptedException swallowed) {
                sink--;
            }
        }
    }

    /** It is blocked, and then runs, in a shield that is in no scope. */
    @SuppressWarnings("try")
    private static void shielded() throws InterruptedException {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        CountDownLatch shielded = new CountDownLatch(1);
        AtomicReference<String> did = new AtomicReference<>("nothing");
        Thread thread = new Thread(() -> {
            try (Shield shield = Shield.enter()) {
                shielded.countDown();
                String given = queue.take();
                for (int i = 0; i < 1_000_000; i++) {
                    sink += i;
                }
                did.set("what it was given: " + given);
            } catch (InterruptedException e) {
                did.set("interrupted");
            }
            spin();
        });
        thread.setUncaughtExceptionHandler((dead, thrown) -> {});
        thread.start();
        shielded.await();
        Checkrein.cancelThread(thread, "enough", PATIENT);
        thread.join(300); // the time in which it would have been torn; it is sure to be in its shield
        queue.add("work");
        thread.join();
        System.out.println("shielded: did " + did);
    }

    @SuppressWarnings("try")
    private static void takenBack() throws InterruptedException {
        CountDownLatch shielded = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<String> did = new AtomicReference<>("nothing");
        Thread thread = new Thread(() -> {
            try (Shield shield = Shield.enter()) {
                shielded.countDown();
                awaitUnbroken(goOn);
            }
            for (int i = 0; i < 1_000_000; i++) {
                sink += i;
            }
            did.set("all");
        });
        thread.start();
        shielded.await();
        ThreadCancellation cancellation = Checkrein.cancelThread(thread, "enough", PATIENT);
        boolean overBefore = cancellation.isOver();
        cancellation.close();
        goOn.countDown();
        thread.join();
        System.out.println("taken back: over " + overBefore + ", then " + cancellation.isOver() + ", did " + did);
    }

    private static void awaitUnbroken(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Only the task that runs is ended, over and over, and never one that comes after it. */
    private static void submitted() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        Thread worker = pool.submit(Thread::currentThread).get();
        int ended = 0;
        int untouched = 0;
        for (int i = 0; i < ROUNDS; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            Future<?> task = pool.submit(() -> {
                begun.countDown();
                return i(true);
            });
            Future<Boolean> next = pool.submit(() -> i(false));
            begun.await();
            Checkrein.cancelThread(worker, "enough", PATIENT);
            try {
                task.get();
            } catch (ExecutionException e) {
                ended += e.getCause() instanceof CancellationError ? 1 : 0;
            }
            untouched += next.get() ? 1 : 0;
        }
        System.out.println("submitted: ended " + ended + ", untouched " + untouched + ", same worker "
                + (pool.submit(Thread::currentThread).get() == worker));
        pool.shutdown();
    }

    private static boolean i(boolean endless) {
        for (int i = 0; endless || i < 10_000; i++) {
            sink++;
        }
        return !Thread.currentThread().isInterrupted();
    }

    private static void executed() throws Exception {
        AtomicReference<Thread> worker = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch dead = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(1, body -> {
            Thread thread = new Thread(body);
            thread.setUncaughtExceptionHandler((t, thrown) -> dead.countDown());
            return thread;
        });
        pool.execute(() -> {
            worker.set(Thread.currentThread());
            begun.countDown();
            spin();
        });
        begun.await();
        Checkrein.cancelThread(worker.get(), "enough", PATIENT);
        dead.await();
        System.out.println(
                "executed: same worker " + (pool.submit(Thread::currentThread).get() == worker.get()));
        pool.shutdown();
    }

    private static void idle() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        Thread worker = pool.submit(Thread::currentThread).get();
        while (worker.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        ThreadCancellation cancellation = Checkrein.cancelThread(worker, "enough", PATIENT);
        System.out.println("idle: over " + cancellation.isOver() + ", next untouched "
                + pool.submit(() -> i(false)).get());
        pool.shutdown();
    }

    private static void forked() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1); // of the common pool's tasks this thread would do some itself
        Thread worker = pool.submit(Thread::currentThread).get();
        pool.shutdown();
        try {
            Checkrein.cancelThread(worker, "enough", PATIENT);
        } catch (IllegalArgumentException e) {
            System.out.println("forked: " + e.getMessage().replaceAll("^thread \"[^\"]*\"", "it"));
        }
    }

    /** A loop of the application's own that goes on whatever a handler throws. */
    private static void events() throws InterruptedException {
        BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
        CountDownLatch handled = new CountDownLatch(EVENTS);
        Thread loop = new Thread(() -> {
            while (true) {
                try {
                    events.take().run();
                } catch (Throwable logged) {
                    sink--;
                }
            }
        });
        loop.setUncaughtExceptionHandler((dead, thrown) -> {});
        loop.start();
        for (int i = 0; i < EVENTS; i++) {
            events.add(handled::countDown);
        }
        handled.await();
        Checkrein.cancelThread(loop, "enough", PATIENT);
        loop.join();
        System.out.println("events: the loop has ended");
    }

    private static void wrong() {
        try {
            Checkrein.cancelThread(new Thread("fresh"), "enough", PATIENT);
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }

    /** The JVM goes on after its main thread, and says so. */
    private static void endMain() {
        Thread self = Thread.currentThread();
        new Thread(() -> {
                    Checkrein.cancelThread(self, "enough", PATIENT);
                    try {
                        self.join();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    System.out.println("main has ended");
                })
                .start();
        spin();
    }
}
