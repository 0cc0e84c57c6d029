package dev.checkrein.it.jcstress;

import dev.checkrein.Pause;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A pause is closed by two threads at once, as by the requester and by its lease: its turn ends once. */
@SuppressWarnings("try")
public final class LeaseAgainstClose {
    private LeaseAgainstClose() {}

    /** Would the turn end twice, the second end would be that of the pause that comes next. Two actors, to run on two processors. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "One after the other.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two pauses at once.")
    @State
    public static class Shipped {
        private final SafepointCoordinator coordinator = SafepointCoordinator.create();
        private final AtomicInteger holders = new AtomicInteger();
        private final Pause held = Pauses.of(coordinator, StopReason.SNAPSHOT);

        /** Closes it, and pauses. */
        @Actor
        public void one(II_Result result) {
            held.close();
            result.r1 = Pauses.countHolders(coordinator, StopReason.SNAPSHOT, holders);
        }

        /** So does another. */
        @Actor
        public void another(II_Result result) {
            held.close();
            result.r2 = Pauses.countHolders(coordinator, StopReason.SNAPSHOT, holders);
        }
    }

    /** Whether it is held is looked at and then changed. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The turn ends once.")
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "It ends twice.")
    @State
    public static class Weakened {
        private final AtomicInteger ends = new AtomicInteger();
        private volatile boolean held = true;

        /** The requester. */
        @Actor
        public void requester() {
            close();
        }

        /** The lease. */
        @Actor
        public void lease() {
            close();
        }

        private void close() {
            if (held) {
                held = false;
                ends.incrementAndGet();
            }
        }

        /** How often the turn has ended. */
        @Arbiter
        public void count(I_Result result) {
            result.r1 = ends.get();
        }
    }
}
