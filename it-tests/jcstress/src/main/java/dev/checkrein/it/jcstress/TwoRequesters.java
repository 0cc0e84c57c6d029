package dev.checkrein.it.jcstress;

import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads ask for a pause: one of them holds it at a time. */
@SuppressWarnings("try")
public final class TwoRequesters {
    private TwoRequesters() {}

    /** Each counts those who hold one. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "One after the other.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both at once.")
    @State
    public static class Shipped {
        private final SafepointCoordinator coordinator = SafepointCoordinator.create();
        private final AtomicInteger holders = new AtomicInteger();

        /** One requester. */
        @Actor
        public void one(II_Result result) {
            result.r1 = Pauses.countHolders(coordinator, StopReason.SNAPSHOT, holders);
        }

        /** Another, more urgent one. */
        @Actor
        public void another(II_Result result) {
            result.r2 = Pauses.countHolders(coordinator, StopReason.GARBAGE_COLLECTION, holders);
        }
    }

    /** The turn is taken in two steps. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both have it.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "One of them has it.")
    @State
    public static class Weakened {
        private volatile boolean taken;

        /** One requester; 1 if it has the turn. */
        @Actor
        public void one(II_Result result) {
            result.r1 = take();
        }

        /** Another. */
        @Actor
        public void another(II_Result result) {
            result.r2 = take();
        }

        private int take() {
            if (taken) {
                return 0;
            }
            taken = true;
            return 1;
        }
    }
}
