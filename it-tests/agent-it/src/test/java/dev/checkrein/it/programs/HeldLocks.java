package dev.checkrein.it.programs;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/**
 * Threads are stopped while they hold locks that everybody needs, with another thread waiting for each: that of {@code System.out},
 * of a log handler, and of a bin of a {@code ConcurrentHashMap}. Argument: how many pauses. Each must come about, and nobody move.
 */
@SuppressWarnings("try")
public final class HeldLocks {
    private static final PrintStream OUT = System.out;
    private static final Map<String, Long> MAP = new ConcurrentHashMap<>();
    private static final Logger LOGGER = Logger.getLogger("held");
    private static final long[] STEPS = new long[3];
    private static final long[] PASSES = new long[3];
    private static volatile boolean end;

    private HeldLocks() {}

    /** Writes for as long as it is not told to end: whoever prints holds the lock all the while. */
    private static final class EndlessStream extends OutputStream {
        private final int number;

        private EndlessStream(int number) {
            this.number = number;
        }

        @Override
        public void write(int octet) {
            spin(number);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            spin(number);
        }
    }

    public static void main(String[] args) throws Exception {
        int pauses = Integer.parseInt(args[0]);
        Handler handler = new StreamHandler(new EndlessStream(1), new SimpleFormatter()) {
            @Override
            public synchronized void publish(LogRecord record) {
                super.publish(record);
                super.flush();
            }
        };
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
        System.setOut(new PrintStream(new EndlessStream(0), true));
        Thread[] threads = {
            start("prints", 0, () -> System.out.println("x")),
            start("logs", 1, () -> LOGGER.severe("x")),
            start(
                    "computes",
                    2,
                    () -> MAP.computeIfAbsent("x", key -> {
                        spin(2);
                        return 1L;
                    })),
            start("prints too", 0, () -> System.out.println("y")),
            start("logs too", 1, () -> LOGGER.severe("y")),
            start("computes too", 2, () -> MAP.computeIfAbsent("x", key -> 2L)),
        };
        for (int i = 0; i < pauses; i++) {
            pause(i);
        }
        end = true;
        for (Thread thread : threads) {
            thread.join();
        }
        OUT.println("paused " + pauses + " times");
    }

    private static Thread start(String name, int number, Runnable body) {
        boolean waits = name.endsWith("too");
        Thread thread = new Thread(body, name);
        while (waits && STEPS[number] == 0) {
            Thread.yield(); // until the other has the lock; read anew each time
        }
        thread.start();
        while (waits && thread.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private static void spin(int number) {
        while (!end) {
            STEPS[number]++;
            PASSES[number] = STEPS[number];
        }
    }

    private static void pause(int number) throws Exception {
        PauseRequest request = PauseRequest.of(StopReason.SNAPSHOT).withTimeLimit(Duration.ofSeconds(30));
        long[] before;
        long[] after;
        try (Pause pause = SafepointCoordinator.global().pause(request)) {
            before = STEPS.clone();
            long start = System.nanoTime();
            while (System.nanoTime() - start < 200_000) {
                Thread.onSpinWait();
            }
            after = STEPS.clone();
        }
        for (int i = 0; i < before.length; i++) {
            if (before[i] != after[i]) {
                throw new IllegalStateException(i + " moved in pause " + number);
            }
        }
        SafepointCoordinator.global().handshake(request, thread -> {});
    }
}
