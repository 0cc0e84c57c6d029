package dev.checkrein.it.programs;

import dev.checkrein.Stall;
import dev.checkrein.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Threads that beat in time, as long as the JVM is not suspended; half of them sleep, which is what they do for a living, and half run.
 * Prints, for a line that it reads, what a watchdog found. Arguments: after how many milliseconds to cancel; how many threads.
 */
public final class Suspended {
    private static final long BEAT_MILLIS = 20;

    private static volatile long sink;

    private Suspended() {}

    public static void main(String[] args) throws Exception {
        List<Stall> told = new CopyOnWriteArrayList<>();
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        try (Watchdog dog = Watchdog.builder()
                .cancelAfter(Duration.ofMillis(Long.parseLong(args[0])))
                .withListener(told::add)
                .build()) {
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                boolean sleeps = i % 2 == 0;
                Thread thread = new Thread(() -> beat(dog, sleeps, enough));
                threads.add(thread);
                thread.start();
            }
            System.out.println("ready");
            readLine();
            enough.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println("found: " + told);
    }

    private static void beat(Watchdog dog, boolean sleeps, AtomicBoolean enough) {
        try {
            dog.call("beats", watch -> {
                while (!enough.get()) {
                    watch.beat();
                    if (sleeps) {
                        Thread.sleep(BEAT_MILLIS); // the subject: what beats
                    } else {
                        sink++;
                    }
                }
                return null;
            });
        } catch (Exception e) {
            System.out.println(e);
        }
    }

    private static void readLine() throws IOException {
        int read = System.in.read();
        while (read != '\n' && read >= 0) {
            read = System.in.read();
        }
    }
}
