package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.internal.cancel.RecordingPolls;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request reaches its thread although polls do nothing until they are armed, and costs the others no more than it must. */
class DeliveryTest {
    private final RecordingPolls polls = new RecordingPolls();
    private final CancellationScope scope = CancellationScope.named("work");

    @AfterEach
    void uninstall() {
        polls.close();
    }

    /** Code of the application that the call runs. */
    private final class Inside {
        private volatile boolean reached;
        private volatile boolean goOn;

        Object loopForEver() {
            while (true) {
                reached = true;
                polls.pollInLoop(Inside.class);
            }
        }

        Object recurForEver() {
            while (true) {
                reached = true;
                Entered.poll(polls);
            }
        }

        /** Neither polls nor can be woken, as in a call of a native method. */
        Object doNotPoll() {
            while (!goOn) {
                reached = true;
                Thread.onSpinWait();
            }
            return null;
        }

        Object enter(Object lock) {
            synchronized (lock) {
                return null;
            }
        }

        Object loopBelow(int frames) {
            return frames == 0 ? loopForEver() : loopBelow(frames - 1);
        }

        Object awaitThoughInterrupted(CountDownLatch latch) {
            while (true) {
                try {
                    latch.await();
                    return null;
                } catch (InterruptedException again) {
                    polls.pollAtReturn();
                }
            }
        }
    }

    private static final class Entered {
        static void poll(RecordingPolls polls) {
            polls.pollAtEntry(Entered.class);
        }
    }

    /** A call that runs already. */
    private TestThread<?> startRunning(Inside inside, Callable<Object> body) {
        TestThread<?> worker = TestThread.start(() -> scope.call(body));
        eventually("it runs", () -> inside.reached);
        return worker;
    }

    /** A call that waits for a lock already, which the caller holds. */
    private TestThread<?> startBlocked(Inside inside, Object lock) {
        TestThread<?> worker = TestThread.start(() -> scope.call(() -> inside.enter(lock)));
        eventually("it waits for the lock", () -> worker.thread().getState() == Thread.State.BLOCKED);
        return worker;
    }

    @Test
    void armsTheLoopsThatTheThreadIsIn() {
        Inside inside = new Inside();
        TestThread<?> worker = startRunning(inside, inside::loopForEver);
        scope.cancel("enough");
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        assertThat(polls.loopsWereArmed(Inside.class)).isTrue();
        assertThat(polls.loopsWereArmed(TestThread.class))
                .as("loops outside the call")
                .isFalse();
        eventually("all is as it was", polls::nothingIsArmed);
    }

    @Test
    void armsEntriesWhenLoopsDoNotStopIt() {
        Inside inside = new Inside();
        TestThread<?> worker = startRunning(inside, inside::recurForEver);
        scope.cancel("enough");
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        assertThat(polls.entriesAreArmed(Entered.class)).isTrue();
        eventually("all is as it was", polls::nothingIsArmed);
    }

    @Test
    void armsAllEntriesWhenItIsSeenNowhere() {
        Inside inside = new Inside();
        TestThread<?> worker = startRunning(inside, inside::doNotPoll);
        scope.cancel("enough");
        eventually("all entries are armed", polls::allEntriesAreArmed);
        inside.goOn = true;
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
    }

    @Test
    void leavesOtherEntriesAloneForAThreadThatIsBlocked() {
        Inside inside = new Inside();
        CountDownLatch latch = new CountDownLatch(1);
        TestThread<?> worker = TestThread.start(() -> scope.call(() -> inside.awaitThoughInterrupted(latch)));
        worker.awaitBlocked();
        scope.cancel("enough");
        eventually("many pulses", () -> polls.pulses() > 7);
        assertThat(polls.allEntriesAreArmed()).isFalse();
        latch.countDown();
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
    }

    @Test
    void comesBackWhenTheThreadDoes() {
        Inside inside = new Inside();
        TestThread<?> worker = startRunning(inside, () -> {
            inside.doNotPoll();
            polls.pollAtReturn();
            return inside.loopForEver();
        });
        scope.cancel("enough");
        eventually("pulses are half a second apart", () -> polls.pulses() > 9);
        eventually("one is over", () -> !polls.isPending());
        int pulses = polls.pulses();
        long start = System.nanoTime();
        inside.goOn = true;
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        assertThat(polls.pulses()).isLessThanOrEqualTo(pulses + 2);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void costsTheOthersLittleWhileItCannotBeDelivered() {
        Inside inside = new Inside();
        Object lock = new Object();
        TestThread<?> worker;
        synchronized (lock) {
            worker = startBlocked(inside, lock);
            long start = System.nanoTime();
            scope.cancel("enough");
            eventually("a second and more has passed", () -> polls.pulses() > 10);
            eventually("the pulse is over", () -> !polls.isPending());
            double share = (double) polls.pendingNanos() / (System.nanoTime() - start);
            assertThat(share).as("of the time, in its first second").isLessThan(0.3);
            assertThat(polls.loopsAreArmed(Inside.class)).isFalse();
            assertThat(polls.isReturning()).isTrue();
        }
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        eventually("all is as it was", polls::nothingIsArmed);
    }

    @Test
    void aStackTooDeepToBeSeenWholeIsArmedAllTheSame() {
        Inside inside = new Inside();
        TestThread<?> worker = startRunning(inside, () -> inside.loopBelow(2_000));
        scope.cancel("enough");
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
    }

    /** The flag of others must not stay up because one request waits and others come and go. */
    @Test
    void requestsThatEndAtOnceLeaveNoPulseBehindBesideOneThatWaits() {
        Inside inside = new Inside();
        Object lock = new Object();
        TestThread<?> worker;
        synchronized (lock) {
            worker = startBlocked(inside, lock);
            scope.cancel("enough");
            eventually("its pulses are far apart", () -> polls.pulses() > 9);
            CancellationScope brief = CancellationScope.named("brief");
            assertThat(Ending.of(() -> brief.call(() -> {
                        brief.cancel("at once");
                        return null;
                    })))
                    .isInstanceOf(CancellationException.class);
            long start = System.nanoTime();
            eventually("the pulse is over", () -> !polls.isPending());
            assertThat(System.nanoTime() - start)
                    .as("not as late as the other's next step")
                    .isLessThan(TimeUnit.MILLISECONDS.toNanos(250));
        }
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
    }

    @Test
    void severalAreDeliveredAtOnce() {
        TestThread<?>[] workers = new TestThread<?>[4];
        for (int i = 0; i < workers.length; i++) {
            Inside inside = new Inside();
            workers[i] = startRunning(inside, inside::loopForEver);
        }
        scope.cancel("all");
        for (TestThread<?> worker : workers) {
            assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        }
        eventually("all is as it was", polls::nothingIsArmed);
    }
}
