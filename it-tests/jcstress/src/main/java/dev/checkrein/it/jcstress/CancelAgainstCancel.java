package dev.checkrein.it.jcstress;

import dev.checkrein.CancellationScope;
import dev.checkrein.CancellationToken;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two scopes are cancelled at once, and a token is linked to both: its action runs once, also one that comes just then. */
public final class CancelAgainstCancel {
    private CancelAgainstCancel() {}

    /** Two actors cancel, of which one registers another action before. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each action has run once.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One was forgotten, or has run twice.")
    @State
    public static class Shipped {
        private final CancellationScope scope = CancellationScope.named("one");
        private final CancellationScope another = CancellationScope.named("another");
        private final CancellationToken linked = CancellationToken.linked(scope.token(), another.token());
        private final AtomicInteger early = new AtomicInteger();
        private final AtomicInteger late = new AtomicInteger();

        /** The early action is there before anybody cancels. */
        public Shipped() {
            linked.onCancel(early::incrementAndGet);
        }

        /** Cancels. */
        @Actor
        public void one() {
            scope.cancel("raced");
        }

        /** So does another. */
        @Actor
        public void another() {
            linked.onCancel(late::incrementAndGet);
            another.cancel("raced");
        }

        /** How often each has run. */
        @Arbiter
        public void count(II_Result result) {
            result.r1 = early.get();
            result.r2 = late.get();
        }
    }

    /** Whether the action has run is looked at and then changed. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It has run once.")
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "It has run twice.")
    @State
    public static class Weakened {
        private final AtomicInteger times = new AtomicInteger();
        private volatile boolean over;

        /** Cancels. */
        @Actor
        public void one() {
            run();
        }

        /** So does another. */
        @Actor
        public void another() {
            run();
        }

        private void run() {
            if (!over) {
                over = true;
                times.incrementAndGet();
            }
        }

        /** How often the action has run. */
        @Arbiter
        public void count(I_Result result) {
            result.r1 = times.get();
        }
    }
}
