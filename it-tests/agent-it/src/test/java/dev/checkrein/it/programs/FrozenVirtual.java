package dev.checkrein.it.programs;

import dev.checkrein.Pause;
import dev.checkrein.PauseRequest;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual threads on a single carrier: one that spins is stopped and leaves its carrier, on which another runs meanwhile; one that
 * cannot leave it is stopped with it.
 */
public final class FrozenVirtual {
    private static long steps;
    private static volatile boolean end;
    private static volatile boolean ran;

    private FrozenVirtual() {}

    /** Spins while it is being initialised, which pins the thread to its carrier. */
    private static final class Pinned {
        static final long STEPS = spin();
    }

    private static final class PinnedToo {
        static final long STEPS = spin();
    }

    private static long spin() {
        while (!end) {
            steps++;
        }
        return steps;
    }

    public static void main(String[] args) throws Exception {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        ThreadFactory virtual = (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        System.out.println("another ran while it stood: " + stop(virtual, FrozenVirtual::spin));
        System.out.println("another ran while one stood pinned: "
                + stop(virtual, () -> {
                    if (Pinned.STEPS == 0) {
                        throw new IllegalStateException("has not run");
                    }
                }));
        System.out.println("one waits for the carrier of a pinned one: " + stopAllWhileOneWaits(virtual));
    }

    /** Whether all can be stopped while a virtual thread has come to an end of its waiting, and its carrier is taken. */
    private static boolean stopAllWhileOneWaits(ThreadFactory virtual) throws Exception {
        end = false;
        ran = false;
        Thread waiting = virtual.newThread(() -> {
            LockSupport.park();
            ran = true;
        });
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        long before = steps;
        Thread spinning = virtual.newThread(() -> {
            if (PinnedToo.STEPS == 0) {
                throw new IllegalStateException("has not run");
            }
        });
        spinning.start();
        while (steps == before) {
            Thread.sleep(1); // the field is read anew
        }
        LockSupport.unpark(waiting);
        boolean held;
        try (Pause pause = SafepointCoordinator.global().pause(PauseRequest.of(StopReason.DEBUG))) {
            held = pause.isHeld() && !ran;
        }
        end = true;
        spinning.join();
        waiting.join();
        return held && ran;
    }

    /** Whether another virtual thread came to run while it stood still. */
    private static boolean stop(ThreadFactory virtual, Runnable body) throws Exception {
        end = false;
        ran = false;
        long before = steps;
        Thread spinning = virtual.newThread(body);
        spinning.start();
        while (steps == before) {
            Thread.sleep(1); // the field is read anew
        }
        PauseRequest request = PauseRequest.of(StopReason.DEBUG).withThreads(thread -> thread == spinning);
        Thread other = virtual.newThread(() -> ran = true);
        boolean ranMeanwhile;
        try (Pause pause = SafepointCoordinator.global().pause(request)) {
            long seen = steps;
            other.start();
            other.join(TimeUnit.SECONDS.toMillis(2));
            ranMeanwhile = ran;
            if (steps != seen || !pause.isHeld()) {
                throw new IllegalStateException("moved");
            }
        }
        end = true;
        spinning.join();
        other.join();
        return ranMeanwhile;
    }
}
