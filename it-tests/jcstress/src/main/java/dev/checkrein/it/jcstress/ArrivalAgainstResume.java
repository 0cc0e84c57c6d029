package dev.checkrein.it.jcstress;

import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import dev.checkrein.Worker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A worker arrives, or wakes up, while one pause ends and the next begins: nobody waits for ever. */
@SuppressWarnings("try")
public final class ArrivalAgainstResume {
    private static final int A_WHILE = 2_000;

    private ArrivalAgainstResume() {}

    /** Two pauses, one right after the other. That both come to their end is what is tested. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both have come to their end.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Cannot be.")
    @State
    public static class Shipped {
        private final SafepointCoordinator coordinator = SafepointCoordinator.create();

        /** The worker. */
        @Actor
        public void worker(II_Result result) {
            try (Worker worker = coordinator.registerWorker()) {
                coordinator.poll();
                coordinator.poll();
            }
            result.r1 = 1;
        }

        /** The requester. */
        @Actor
        public void requester(II_Result result) {
            Pauses.of(coordinator, StopReason.SNAPSHOT).close();
            Pauses.of(coordinator, StopReason.SNAPSHOT).close();
            result.r2 = 1;
        }
    }

    /** A flag alone, without the identity of the pause: who is slow to wake finds it set again, and has not arrived. */
    @JCStressTest
    @Outcome(
            id = "1, 2",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "It stood still for both pauses, and has arrived in one: the other waits in vain.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "It stood still for one pause, or came too late for both.")
    @State
    public static class Weakened {
        private volatile boolean stop = true;
        private volatile int pause = 1;
        private volatile boolean arrived;

        /** The worker polls once. */
        @Actor
        public void worker(II_Result result) {
            if (stop) {
                result.r1 = 1;
                arrived = true;
                while (stop) {
                    Thread.onSpinWait();
                }
                result.r2 = pause;
            }
        }

        /** The requester pauses twice, and holds neither for long. */
        @Actor
        public void requester() {
            for (int i = 0; !arrived && i < A_WHILE; i++) {
                Thread.onSpinWait();
            }
            stop = false;
            pause = 2;
            stop = true;
            for (int i = 0; i < A_WHILE; i++) {
                Thread.onSpinWait();
            }
            stop = false;
        }
    }
}
