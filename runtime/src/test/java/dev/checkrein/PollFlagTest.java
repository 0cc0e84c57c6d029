package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The flag that polls at returns look at is up exactly while a call that was asked to end has not. */
class PollFlagTest {
    private static final int ROUNDS = 500;

    private final FakePolls polls = new FakePolls();
    private final CancellationScope scope = CancellationScope.named("work");

    @AfterEach
    void uninstall() {
        polls.close();
    }

    @Test
    void isNotTouchedByACallThatJustEnds() throws Exception {
        scope.withDeadline(Duration.ofHours(1)).call(() -> null);
        scope.call(() -> null);
        scope.cancel("nobody is there");
        assertThatThrownBy(() -> scope.call(() -> null)).isInstanceOf(CancellationException.class);
        assertThat(polls.flagHistory()).isEmpty();
    }

    @Test
    void isUpFromTheRequestToTheEndOfTheCall() {
        assertThat(Ending.of(() -> scope.call(() -> {
                    assertThat(polls.pending()).isFalse();
                    scope.cancel("enough");
                    assertThat(polls.pending()).isTrue();
                    return null;
                })))
                .isInstanceOf(CancellationException.class);
        assertThat(polls.flagHistory()).containsExactly(true, false);
    }

    @Test
    void staysUpForTheLastOfSeveral() {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        CountDownLatch secondMayEnd = new CountDownLatch(1);
        TestThread<?> first = TestThread.start(() -> scope.call(() -> awaitThoughInterrupted(firstMayEnd)));
        TestThread<?> second = TestThread.start(() -> scope.call(() -> awaitThoughInterrupted(secondMayEnd)));
        first.awaitBlocked();
        second.awaitBlocked();
        scope.cancel("both");
        firstMayEnd.countDown();
        assertThat(first.thrown()).isInstanceOf(CancellationException.class);
        assertThat(polls.pending()).as("while the second still runs").isTrue();
        secondMayEnd.countDown();
        assertThat(second.thrown()).isInstanceOf(CancellationException.class);
        assertThat(polls.flagHistory()).containsExactly(true, false);
    }

    @Test
    void isDownAfterManyRacingRequests() {
        List<TestThread<?>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            workers.add(TestThread.start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    CancellationScope timed = CancellationScope.named("racing").withDeadline(Duration.ofNanos(20_000));
                    try {
                        timed.call(() -> null);
                        timed.call(() -> {
                            eventually(
                                    "the deadline passes", () -> timed.token().isCancelled());
                            polls.poll();
                            throw new AssertionError("a poll behind the deadline did not throw");
                        });
                    } catch (TimeoutException expected) {
                        // Each of the two may be too late.
                    }
                }
                return null;
            }));
        }
        workers.forEach(TestThread::result);
        assertThat(polls.pending()).isFalse();
        assertThat(polls.flagHistory()).last().isEqualTo(false);
        for (int i = 0; i < polls.flagHistory().size(); i++) {
            assertThat(polls.flagHistory().get(i)).as("change " + i).isEqualTo(i % 2 == 0);
        }
    }

    private static Object awaitThoughInterrupted(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return null;
            } catch (InterruptedException again) {
                // The test says when.
            }
        }
    }
}
