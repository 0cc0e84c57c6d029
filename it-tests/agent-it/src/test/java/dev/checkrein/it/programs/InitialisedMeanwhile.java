package dev.checkrein.it.programs;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/**
 * A thread is stopped while it initialises a class for which another one waits, again and again. Argument: how many pauses. Whoever
 * waits for a class looks as if it ran; so the initialiser has to run on until it is done.
 */
public final class InitialisedMeanwhile {
    private InitialisedMeanwhile() {}

    /** Takes its time to begin. */
    public static final class Slow {
        public static final long TURNS = spin();

        private Slow() {}

        private static long spin() {
            System.setProperty("initialising", "yes");
            long start = System.nanoTime();
            long turns = 0;
            while (System.nanoTime() - start < 60_000_000) {
                turns++;
            }
            return turns;
        }
    }

    /** Waits for it in an instruction that is no call. */
    public static final class Reader implements Runnable {
        @Override
        public void run() {
            if (Slow.TURNS == 0) {
                throw new IllegalStateException("has not begun");
            }
        }
    }

    public static void main(String[] args) throws Exception {
        int pauses = Integer.parseInt(args[0]);
        URL own =
                InitialisedMeanwhile.class.getProtectionDomain().getCodeSource().getLocation();
        for (int i = 0; i < pauses; i++) {
            System.setProperty("initialising", "no");
            ClassLoader loader = new URLClassLoader(new URL[] {own}, ClassLoader.getPlatformClassLoader());
            List<Thread> threads = new ArrayList<>();
            for (int n = 0; n < 2; n++) {
                Thread thread = new Thread(() -> initialise(loader));
                thread.start();
                threads.add(thread);
            }
            while (System.getProperty("initialising").equals("no")) {
                Thread.onSpinWait();
            }
            try (Pause pause = SafepointCoordinator.global().pause(PauseRequest.of(StopReason.DEBUG))) {
                if (!pause.isHeld()) {
                    throw new IllegalStateException("pause " + i + " ended by itself");
                }
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println("paused " + pauses + " times");
    }

    private static void initialise(ClassLoader loader) {
        try {
            ((Runnable) loader.loadClass(Reader.class.getName())
                            .getConstructor()
                            .newInstance())
                    .run();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
