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

/** A worker registers while a pause begins: it is waited for, or it stops before it does anything. */
@SuppressWarnings("try")
public final class RegistrationAgainstArm {
    private RegistrationAgainstArm() {}

    /** It registers and writes. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "It wrote before the pause, or after it.")
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

    /** It looks for a pause before it is registered. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "It runs on, and nobody knows of it.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "It stops, or is waited for.")
    @State
    public static class Weakened {
        private volatile boolean armed;
        private volatile boolean registered;

        /** The worker; 1 if it will stop. */
        @Actor
        public void worker(II_Result result) {
            result.r1 = armed ? 1 : 0;
            registered = true;
        }

        /** The requester; 1 if it waits for the worker. */
        @Actor
        public void requester(II_Result result) {
            armed = true;
            result.r2 = registered ? 1 : 0;
        }
    }
}
