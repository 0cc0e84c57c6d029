package dev.checkrein.it.jcstress;

import dev.checkrein.Pause;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import dev.checkrein.Worker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A worker polls, and comes back from outside, while a pause begins: it must not run on in the pause. */
@SuppressWarnings("try")
public final class PollAgainstArm {
    private PollAgainstArm() {}

    /** What the worker has written is the same at the beginning of the pause and at its end. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1", "2, 2", "3, 3"},
            expect = Expect.ACCEPTABLE,
            desc = "It stood still.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It wrote during the pause.")
    @State
    public static class Shipped {
        private final SafepointCoordinator coordinator = SafepointCoordinator.create();
        private final Written written = new Written();

        /** The worker. */
        @Actor
        public void worker() {
            try (Worker worker = coordinator.registerWorker()) {
                written.set(1);
                coordinator.poll();
                written.set(2);
                worker.outside().close();
                written.set(3);
            }
        }

        /** The requester. */
        @Actor
        public void requester(II_Result result) {
            try (Pause pause = Pauses.of(coordinator, StopReason.SNAPSHOT)) {
                result.r1 = written.get();
                written.letOthersRun();
                result.r2 = written.get();
            }
        }
    }

    /** As a worker comes back: it says so before it looks, and the requester arms before it looks. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "It ran on, and was taken for one who is outside.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "It stops, or is waited for.")
    @State
    public static class Ordered {
        private volatile boolean armed;
        private volatile boolean outside = true;

        /** The worker; 1 if it will stop. */
        @Actor
        public void worker(II_Result result) {
            outside = false;
            result.r1 = armed ? 1 : 0;
        }

        /** The requester; 1 if it does not wait for the worker. */
        @Actor
        public void requester(II_Result result) {
            armed = true;
            result.r2 = outside ? 1 : 0;
        }
    }

    /** The same without an order between what is written and what is read. */
    @JCStressTest
    @Outcome(
            id = "0, 1",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "It ran on, and was taken for one who is outside.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "It stops, or is waited for.")
    @State
    public static class Weakened {
        private boolean armed;
        private boolean outside = true;

        /** The worker; 1 if it will stop. */
        @Actor
        public void worker(II_Result result) {
            outside = false;
            result.r1 = armed ? 1 : 0;
        }

        /** The requester; 1 if it does not wait for the worker. */
        @Actor
        public void requester(II_Result result) {
            armed = true;
            result.r2 = outside ? 1 : 0;
        }
    }
}
