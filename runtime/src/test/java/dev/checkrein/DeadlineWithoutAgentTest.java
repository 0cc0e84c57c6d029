package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing polls, a deadline interrupts. */
class DeadlineWithoutAgentTest {
    private static final Duration SHORT = Duration.ofMillis(5);

    @Test
    void endsASleep() {
        CancellationScope scope = CancellationScope.named("sleeper").withDeadline(SHORT);
        TestThread<?> worker = TestThread.start(() -> scope.call(DeadlineWithoutAgentTest::blockForGood));
        assertThat(worker.thrown())
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage("scope \"sleeper\" was still busy at its deadline, 0.005 s after its start")
                .hasCauseExactlyInstanceOf(InterruptedException.class);
    }

    @Test
    void countsFromTheStartOfEachCall() {
        CancellationScope scope = CancellationScope.named("again").withDeadline(SHORT);
        for (int i = 0; i < 3; i++) {
            TestThread<?> worker = TestThread.start(() -> scope.call(DeadlineWithoutAgentTest::blockForGood));
            assertThat(worker.thrown()).isExactlyInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void isReportedThoughTheBodyEndedWithAValue() {
        CancellationScope scope = CancellationScope.named("late").withDeadline(SHORT);
        TestThread<String> worker = TestThread.start(() -> scope.call(() -> {
            awaitInterrupt();
            return "too late";
        }));
        assertThat(worker.thrown()).isExactlyInstanceOf(TimeoutException.class).hasNoCause();
    }

    @Test
    void interruptsAgainAThreadThatSwallows() {
        CancellationScope scope = CancellationScope.named("swallower").withDeadline(SHORT);
        TestThread<?> worker = TestThread.start(() -> scope.call(() -> {
            int interrupts = 0;
            while (interrupts < 5) {
                LockSupport.park();
                if (Thread.interrupted()) {
                    interrupts++;
                }
            }
            throw new IllegalStateException("five times");
        }));
        assertThat(worker.thrown()).isExactlyInstanceOf(TimeoutException.class).hasRootCauseMessage("five times");
    }

    @Test
    void comesOutOfRunToo() {
        CancellationScope scope = CancellationScope.named("runner").withDeadline(SHORT);
        TestThread<?> worker = TestThread.start(() -> {
            scope.run(DeadlineWithoutAgentTest::awaitInterrupt);
            return null;
        });
        assertThat(worker.thrown()).isExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void doesNotTouchABodyThatEndedBefore() {
        CancellationScope scope = CancellationScope.named("quick").withDeadline(SHORT);
        TestThread<String> worker = TestThread.start(() -> {
            String value = scope.call(() -> "in time");
            CancellationScope later = CancellationScope.named("later").withDeadline(SHORT.multipliedBy(4));
            // Deadlines come in order on one thread: if the first call's were still to come, it would come before this.
            assertThat(TestThread.start(() -> later.call(DeadlineWithoutAgentTest::blockForGood))
                            .thrown())
                    .isInstanceOf(TimeoutException.class);
            return value;
        });
        assertThat(worker.result()).isEqualTo("in time");
    }

    @Test
    void leavesAnInterruptThatWasThereBefore() throws Exception {
        CancellationScope scope = CancellationScope.named("interrupted").withDeadline(SHORT);
        TestThread<Boolean> worker = TestThread.start(() -> {
            Thread.currentThread().interrupt();
            try {
                scope.call(() -> {
                    eventually("the deadline passes", () -> scope.token().isCancelled());
                    return null;
                });
                return null;
            } catch (TimeoutException expected) {
                return Thread.interrupted();
            }
        });
        assertThat(worker.result()).as("still interrupted").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2562047H", "PT2562048H", "PT2562047788015215H30M7.999999999S"})
    void mayBeAsFarAwayAsCanBeSaid(String deadline) throws Exception {
        CancellationScope scope = CancellationScope.named("patient").withDeadline(Duration.parse(deadline));
        assertThat(scope.call(() -> "value")).isEqualTo("value");
    }

    @Test
    void reachesManyThreadsInOneScope() {
        CancellationScope scope = CancellationScope.named("many").withDeadline(SHORT);
        TestThread<?>[] workers = new TestThread<?>[16];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = TestThread.start(() -> scope.call(DeadlineWithoutAgentTest::blockForGood));
        }
        for (TestThread<?> worker : workers) {
            assertThat(worker.thrown()).isExactlyInstanceOf(TimeoutException.class);
        }
    }

    private static Object blockForGood() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }

    private static void awaitInterrupt() {
        eventually("an interrupt", () -> Thread.currentThread().isInterrupted());
    }
}
