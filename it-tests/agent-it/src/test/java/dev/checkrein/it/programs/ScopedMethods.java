package dev.checkrein.it.programs;

import dev.checkrein.Checkrein;
import dev.checkrein.RunningScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** Methods that the agent's options put scopes around, and those that they shield. */
public final class ScopedMethods {
    private static final long SHIELDED_NANOS = 300_000_000;

    private static volatile boolean on = true;

    private ScopedMethods() {}

    private interface Plugin<T> {
        T run(T input) throws Exception;
    }

    /** With a bridge method that javac adds. */
    private static final class Endless implements Plugin<String> {
        @Override
        public String run(String input) {
            return input + turn();
        }

        private int turn() {
            int turns = 0;
            while (on) {
                turns++;
            }
            return turns;
        }
    }

    private static final class Declaring implements Plugin<String> {
        @Override
        public synchronized String run(String input) throws TimeoutException {
            while (on) {
                input = input.equals("a") ? "b" : "a";
            }
            return input;
        }
    }

    private static final class Quick implements Plugin<String> {
        @Override
        public String run(String input) throws Exception {
            return input;
        }
    }

    private static final class Handled {
        static void handle(CountDownLatch started) {
            started.countDown();
            while (on) {
                Thread.onSpinWait();
            }
        }
    }

    private static final class Journal {
        private long entries;
        private volatile boolean torn;
        private volatile long end;

        void append() {
            torn = true;
            long start = System.nanoTime();
            while (System.nanoTime() - start < SHIELDED_NANOS) {
                entries++;
            }
            end = System.nanoTime();
            torn = false;
        }
    }

    private static final class Accounting {
        static void book(Journal journal, CountDownLatch started) {
            started.countDown();
            journal.append();
            while (on) {
                Thread.onSpinWait();
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("undeclared: " + ending(() -> new Endless().run("x")));
        System.out.println("declared: " + ending(() -> new Declaring().run("a")));
        System.out.println("in time: " + ending(() -> new Quick().run("x")));
        System.out.println("of the JDK: " + ending(() -> forEach(new ArrayList<>(List.of("x")))));
        System.out.println("listed: " + Checkrein.scopes().size());
        cancelsByName();
        shields();
        System.out.println("left alone: " + Checkrein.status().leftAlone());
    }

    private static Object forEach(ArrayList<String> items) {
        items.forEach(item -> new Endless().turn());
        return null;
    }

    private static String ending(Callable<?> call) {
        try {
            return "returned " + call.call();
        } catch (Throwable e) {
            StringBuilder causes = new StringBuilder();
            for (Throwable t = e; t != null; t = t.getCause()) {
                causes.append(causes.length() == 0 ? "" : " by ")
                        .append(t.getClass().getSimpleName());
            }
            return causes.toString();
        }
    }

    private static void cancelsByName() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        String[] ending = new String[1];
        Thread worker = new Thread(() -> ending[0] = ending(() -> {
            Handled.handle(started);
            return null;
        }));
        worker.start();
        started.await();
        RunningScope running = Checkrein.scopes().get(0);
        System.out.println("listed: " + running.name() + ", on its thread: " + (running.thread() == worker));
        System.out.println("asked: " + Checkrein.cancelScopes("*$Handled#handle", "enough"));
        worker.join();
        System.out.println("cancelled: " + ending[0]);
    }

    private static void shields() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Journal journal = new Journal();
        String[] ending = new String[1];
        long[] ended = new long[1];
        Thread worker = new Thread(() -> {
            ending[0] = ending(() -> {
                Accounting.book(journal, started);
                return null;
            });
            ended[0] = System.nanoTime();
        });
        worker.start();
        started.await();
        Checkrein.cancelScopes("*$Accounting#book", "enough");
        worker.join();
        System.out.println("shielded: " + ending[0] + ", torn: " + journal.torn);
        if (System.getProperty("late") != null) {
            System.out.println((ended[0] - journal.end) / 1_000 + " µs late");
        }
    }
}
