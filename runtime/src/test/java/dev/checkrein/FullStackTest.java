package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** A stack that is full when the runtime is asked to work leaves nothing behind. */
class FullStackTest {
    private static final int ROUNDS = 5;
    private static final int POLLS_ON_THE_WAY_UP = 100;

    private final FakePolls polls = new FakePolls();
    private int pollsLeft;

    @AfterEach
    void uninstall() {
        polls.close();
    }

    @RepeatedTest(ROUNDS)
    void pollsNearTheEndOfTheStackLeaveTheThreadFitToBeEnded() {
        TestThread<?> worker = TestThread.start(() -> {
            CancellationScope scope = CancellationScope.named("deep");
            return scope.call(() -> {
                scope.cancel("enough");
                assertHit();
                pollsLeft = POLLS_ON_THE_WAY_UP;
                assertThatThrownBy(this::cleanUpWithAFullStack).isInstanceOf(StackOverflowError.class);
                assertThat(pollsLeft).as("polls that there was no stack for").isZero();
                polls.advanceClock(1, TimeUnit.SECONDS);
                assertHit();
                return null;
            });
        });
        assertThat(worker.thrown()).isExactlyInstanceOf(CancellationException.class);
        assertThat(polls.pending()).isFalse();
    }

    @RepeatedTest(ROUNDS)
    void aThrowThatFindsNoRoomIsMadeUpForByALaterPoll() {
        TestThread<?> worker = TestThread.start(() -> {
            CancellationScope scope = CancellationScope.named("deep");
            return scope.call(() -> {
                scope.cancel("enough");
                pollsLeft = Integer.MAX_VALUE;
                diveAndPollOnTheWayUp();
                return null;
            });
        });
        assertThat(worker.thrown())
                .isExactlyInstanceOf(CancellationException.class)
                .hasCauseExactlyInstanceOf(CancellationError.class);
        assertThat(polls.pending()).isFalse();
    }

    @RepeatedTest(ROUNDS)
    void scopesEnteredUntilTheStackIsFullAreAllLeft() {
        TestThread<?> worker = TestThread.start(() -> {
            CancellationScope scope = CancellationScope.named("endless").withDeadline(Duration.ofMillis(200));
            assertThatThrownBy(() -> enterForEver(scope))
                    .isInstanceOfAny(StackOverflowError.class, TimeoutException.class);
            CancellationScope afterwards = CancellationScope.named("afterwards").withDeadline(Duration.ofMillis(300));
            assertThatThrownBy(() -> afterwards.call(() -> {
                        eventually(
                                "the deadlines pass", () -> afterwards.token().isCancelled());
                        return null;
                    }))
                    .isExactlyInstanceOf(TimeoutException.class);
            return null;
        });
        worker.result();
        assertThat(polls.pending()).as("flag after all calls have ended").isFalse();
    }

    private void assertHit() {
        assertThatThrownBy(polls::pollSlowly).isInstanceOf(CancellationError.class);
    }

    /** Shielded: polls go all the way and do not throw. */
    private void cleanUpWithAFullStack() {
        diveAndPollOnTheWayUp();
    }

    private void diveAndPollOnTheWayUp() {
        try {
            diveAndPollOnTheWayUp();
        } catch (StackOverflowError full) {
            if (pollsLeft > 0) {
                pollsLeft--;
                polls.pollSlowly();
            }
            throw full;
        }
    }

    private static Object enterForEver(CancellationScope scope) throws Exception {
        return scope.call(() -> enterForEver(scope));
    }
}
