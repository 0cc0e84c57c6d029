package dev.checkrein.it.jcstress;

import dev.checkrein.PauseRequest;
import dev.checkrein.PauseTimeoutException;
import dev.checkrein.SafepointCoordinator;
import dev.checkrein.StopReason;
import dev.checkrein.Worker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A worker arrives just when the requester gives up: it is not left standing. */
@SuppressWarnings("try")
public final class TimeoutAgainstArrival {
    private static final PauseRequest IMPATIENT =
            PauseRequest.of(StopReason.SNAPSHOT).withTimeLimit(Duration.ofNanos(2_000));

    private TimeoutAgainstArrival() {}

    /** That both come to their end is what is tested. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It arrived in time.")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "It was late.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Cannot be.")
    @State
    public static class Shipped {
        private final SafepointCoordinator coordinator = SafepointCoordinator.create();

        /** The worker. */
        @Actor
        public void worker(II_Result result) {
            try (Worker worker = coordinator.registerWorker()) {
                for (int i = 0; i < 20; i++) {
                    Thread.onSpinWait();
                }
                coordinator.poll();
            }
            result.r1 = 1;
        }

        /** The requester. */
        @Actor
        public void requester(II_Result result) {
            try {
                coordinator.pause(IMPATIENT).close();
                result.r2 = 1;
            } catch (PauseTimeoutException late) {
                result.r2 = 2;
            }
        }
    }

    /** Who gives up lets go those who have arrived, and does not close the door. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "It stands still, and nobody knows of it.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "It did not stop, or was let go.")
    @State
    public static class Weakened {
        private final AtomicReference<Standing> latest = new AtomicReference<>();
        private volatile boolean pending = true;

        private static final class Standing {
            private volatile boolean released;
        }

        /** The worker: 1 if it stands still. */
        @Actor
        public void worker(II_Result result) {
            if (pending) {
                result.r1 = 1;
                latest.set(new Standing());
            }
        }

        /** The requester gives up. */
        @Actor
        public void requester() {
            pending = false;
            Standing standing = latest.get();
            if (standing != null) {
                standing.released = true;
            }
        }

        /** 1 if the worker has been let go. */
        @Arbiter
        public void look(II_Result result) {
            Standing standing = latest.get();
            result.r2 = standing != null && standing.released ? 1 : 0;
        }
    }
}
