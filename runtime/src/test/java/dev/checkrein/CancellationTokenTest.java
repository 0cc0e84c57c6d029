package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What code that cooperates is told. */
class CancellationTokenTest {
    private final CancellationScope scope = CancellationScope.named("work");
    private final CancellationToken token = scope.token();
    private final List<String> ran = new ArrayList<>();

    @Test
    void isOpenUntilCancelled() {
        assertThat(token.isCancelled()).isFalse();
        assertThatCode(token::throwIfCancelled).doesNotThrowAnyException();
        scope.cancel("enough");
        assertThat(token.isCancelled()).isTrue();
        assertThatThrownBy(token::throwIfCancelled)
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"work\" was cancelled: enough");
    }

    @Test
    void knowsTheDeadlineOfTheCallItIsAskedIn() {
        CancellationScope timed = scope.withDeadline(Duration.ofMillis(5));
        Throwable thrown = Ending.of(() -> timed.call(() -> {
            eventually("the deadline passes", () -> timed.token().isCancelled());
            assertThat(TestThread.start(() -> timed.token().isCancelled()).result())
                    .as("asked by a thread outside the call")
                    .isFalse();
            timed.token().throwIfCancelled();
            return null;
        }));
        assertThat(thrown)
                .isExactlyInstanceOf(TimeoutException.class)
                .hasCauseInstanceOf(CancellationException.class)
                .hasRootCauseMessage("scope \"work\" was asked to end");
        assertThat(timed.token().isCancelled()).as("after the call").isFalse();
    }

    @Test
    void knowsTheEndOfAScopeAroundIt() throws Exception {
        CancellationScope outer = CancellationScope.named("outer");
        CancellationScope unrelated = CancellationScope.named("unrelated");
        assertThat(Ending.of(() -> outer.call(() -> scope.call(() -> {
                    assertThat(token.isCancelled()).isFalse();
                    outer.cancel("enough");
                    assertThat(token.isCancelled())
                            .as("inside the cancelled one")
                            .isTrue();
                    assertThat(unrelated.token().isCancelled()).isFalse();
                    return null;
                }))))
                .isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void doesNotTakeTheEndOfAScopeInsideForItsOwn() throws Exception {
        CancellationScope inner = CancellationScope.named("inner");
        scope.call(() -> {
            assertThat(Ending.of(() -> inner.call(() -> {
                        inner.cancel("enough");
                        assertThat(token.isCancelled()).isFalse();
                        return null;
                    })))
                    .isExactlyInstanceOf(CancellationException.class);
            return null;
        });
    }

    @Test
    void runsActionsOnceInOrderOnTheThreadThatCancels() {
        token.onCancel(() -> ran.add("first on " + Thread.currentThread().getName()));
        token.onCancel(() -> ran.add("second"));
        TestThread<?> canceller = TestThread.start(() -> {
            scope.cancel("enough");
            scope.cancel("again");
            return null;
        });
        canceller.result();
        assertThat(ran).containsExactly("first on worker", "second");
    }

    @Test
    void runsAnActionAtOnceIfCancelledAlready() {
        scope.cancel("enough");
        CancellationToken.Registration registration = token.onCancel(() -> ran.add("ran"));
        assertThat(ran).containsExactly("ran");
        registration.close();
    }

    @Test
    void takesAnActionBack() {
        CancellationToken.Registration first = token.onCancel(() -> ran.add("first"));
        CancellationToken.Registration second = token.onCancel(() -> ran.add("second"));
        CancellationToken.Registration third = token.onCancel(() -> ran.add("third"));
        second.close();
        second.close();
        scope.cancel("enough");
        first.close();
        third.close();
        assertThat(ran).containsExactly("first", "third");
    }

    @Test
    void doesNotRunActionsAtADeadline() {
        CancellationScope timed = scope.withDeadline(Duration.ofMillis(5));
        timed.token().onCancel(() -> ran.add("ran"));
        assertThatThrownBy(() -> timed.call(() -> new CountDownLatch(1).getCount() + sleepForGood()))
                .isExactlyInstanceOf(TimeoutException.class);
        assertThat(ran).isEmpty();
    }

    @Test
    void refusesNoAction() {
        assertThatThrownBy(() -> token.onCancel(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void runsTheOtherActionsWhenOneThrows() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalArgumentException third = new IllegalArgumentException("third");
        token.onCancel(() -> {
            throw first;
        });
        token.onCancel(() -> ran.add("second"));
        token.onCancel(() -> {
            throw third;
        });
        token.onCancel(() -> ran.add("fourth"));
        assertThatThrownBy(() -> scope.cancel("enough")).isSameAs(first).hasSuppressedException(third);
        assertThat(ran).containsExactly("second", "fourth");
        assertThat(token.isCancelled()).isTrue();
    }

    /** Such as the error of a scope around the canceller, thrown at a poll in the action. */
    @Test
    void reachesTheCallsInTheScopeThoughAnActionThrewAnError() {
        AssertionError error = new AssertionError("in the action");
        token.onCancel(() -> {
            throw error;
        });
        TestThread<?> worker = TestThread.start(() -> scope.call(CancellationTokenTest::sleepForGood))
                .awaitBlocked();
        assertThatThrownBy(() -> scope.cancel("enough")).isSameAs(error);
        assertThat(worker.thrown()).isExactlyInstanceOf(CancellationException.class);
    }

    /** An exception that would suppress itself is refused, and would hide the others. */
    @Test
    void survivesActionsThatThrowTheSameObject() {
        IllegalStateException same = new IllegalStateException("same");
        for (int i = 0; i < 2; i++) {
            token.onCancel(() -> {
                throw same;
            });
        }
        token.onCancel(() -> ran.add("third"));
        assertThatThrownBy(() -> scope.cancel("enough")).isSameAs(same).hasNoSuppressedExceptions();
        assertThat(ran).containsExactly("third");
    }

    private static long sleepForGood() throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
        return 0;
    }

    @Test
    void callsAreEndedBeforeActionsThatMayWaitForThem() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        token.onCancel(() -> ran.add(endsInTime(ended) ? "after the call" : "before the call"));
        TestThread<?> worker = TestThread.start(() -> {
            try {
                return scope.call(() -> {
                    started.countDown();
                    new CountDownLatch(1).await();
                    return null;
                });
            } finally {
                ended.countDown();
            }
        });
        started.await();
        scope.cancel("enough");
        assertThat(ran).containsExactly("after the call");
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
    }

    private static boolean endsInTime(CountDownLatch ended) {
        try {
            return ended.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
