package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A token is cancelled as soon as one is that it is linked to. */
class LinkedTokensTest {
    private final CancellationScope server = CancellationScope.named("server");
    private final CancellationScope request = CancellationScope.named("request");
    private final CancellationToken any = CancellationToken.linked(server.token(), request.token());
    private final CancellationScope work = CancellationScope.named("work").linkedTo(server.token(), request.token());
    private final List<String> ran = new ArrayList<>();

    @Test
    void isOpenUntilOneIsCancelled() {
        assertThat(any.isCancelled()).isFalse();
        assertThatCode(any::throwIfCancelled).doesNotThrowAnyException();
        request.cancel("enough");
        assertThat(any.isCancelled()).isTrue();
        assertThatThrownBy(any::throwIfCancelled)
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"request\" was cancelled: enough");
        assertThat(server.token().isCancelled()).as("the other one").isFalse();
    }

    @Test
    void isCancelledFromTheStartIfOneIs() {
        server.cancel("closing");
        CancellationToken late = CancellationToken.linked(request.token(), server.token());
        assertThat(late.isCancelled()).isTrue();
        late.onCancel(() -> ran.add("at once"));
        assertThat(ran).containsExactly("at once");
        CancellationScope lateWork = CancellationScope.named("late").linkedTo(server.token());
        assertThatThrownBy(() -> lateWork.call(() -> ran.add("never")))
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"late\" was cancelled: scope \"server\" was cancelled: closing");
        assertThat(ran).containsExactly("at once");
    }

    @Test
    void keepsTheReasonItSawFirst() {
        request.cancel("enough");
        assertThat(any.isCancelled()).isTrue();
        server.cancel("closing"); // comes first among those it is linked to
        assertThatThrownBy(any::throwIfCancelled).hasMessage("scope \"request\" was cancelled: enough");
    }

    @Test
    void aScopeKeepsItsOwnReason() {
        work.cancel("too slow");
        server.cancel("closing");
        assertThatThrownBy(work.token()::throwIfCancelled).hasMessage("scope \"work\" was cancelled: too slow");
    }

    @Test
    void aCancelAfterThatOfAnotherDoesNothing() {
        server.cancel("closing");
        work.cancel("too slow");
        assertThatThrownBy(work.token()::throwIfCancelled)
                .hasMessage("scope \"work\" was cancelled: scope \"server\" was cancelled: closing");
    }

    @Test
    void theEndOfAScopeIsNotThatOfOthers() {
        work.token().onCancel(() -> ran.add("work"));
        server.token().onCancel(() -> ran.add("server"));
        work.cancel("too slow");
        assertThat(server.token().isCancelled()).isFalse();
        server.cancel("closing");
        assertThat(ran).containsExactly("work", "server");
    }

    @Test
    void endsCallsAndRefusesLaterOnes() {
        TestThread<?> worker = TestThread.start(() -> work.call(LinkedTokensTest::sleepForGood))
                .awaitBlocked();
        request.cancel("enough");
        String message = "scope \"work\" was cancelled: scope \"request\" was cancelled: enough";
        assertThat(worker.thrown())
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> work.call(() -> "unwanted")).hasMessage(message);
    }

    @Test
    void callsAreEndedBeforeActionsOfAnyMayWaitForThem() {
        CountDownLatch ended = new CountDownLatch(1);
        server.token().onCancel(() -> ran.add(endsInTime(ended) ? "after the call" : "before the call"));
        TestThread<?> worker = TestThread.start(() -> {
                    try {
                        return work.call(LinkedTokensTest::sleepForGood);
                    } finally {
                        ended.countDown();
                    }
                })
                .awaitBlocked();
        server.cancel("closing");
        assertThat(ran).containsExactly("after the call");
        assertThat(worker.thrown()).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void staysLinkedWithOtherSettings() {
        CancellationScope timed = work.withDeadline(Duration.ofHours(1)).linkedTo();
        server.cancel("closing");
        assertThat(timed.token().isCancelled()).isTrue();
    }

    @Test
    void isNotLinkedToTheScopeItWasMadeFromUnlessThatIsGiven() {
        CancellationScope copy = work.linkedTo();
        CancellationScope child = work.linkedTo(work.token());
        work.cancel("too slow");
        assertThat(copy.token().isCancelled()).isFalse();
        assertThat(child.token().isCancelled()).isTrue();
    }

    @Test
    void knowsTheDeadlineOfACallItIsAskedIn() {
        CancellationScope timed = request.withDeadline(Duration.ofMillis(5));
        CancellationToken linked = CancellationToken.linked(server.token(), timed.token());
        Throwable thrown = Ending.of(() -> timed.call(() -> {
            TestThread.eventually("the deadline passes", linked::isCancelled);
            linked.throwIfCancelled();
            return null;
        }));
        assertThat(thrown)
                .isExactlyInstanceOf(TimeoutException.class)
                .hasRootCauseMessage("scope \"request\" was asked to end");
        assertThat(linked.isCancelled()).as("after the call").isFalse();
    }

    @Test
    void linkedToNoneIsNeverCancelled() {
        assertThat(CancellationToken.linked().isCancelled()).isFalse();
        assertThatThrownBy(() -> CancellationToken.linked(server.token(), null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> server.linkedTo((CancellationToken) null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void runsActionsOnceInOrder() {
        any.onCancel(() -> ran.add("first"));
        server.token().onCancel(() -> ran.add("second"));
        any.onCancel(() -> ran.add("third"));
        server.cancel("closing");
        request.cancel("enough");
        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void takesActionsBack() {
        CancellationToken.Registration first = any.onCancel(() -> ran.add("first"));
        any.onCancel(() -> ran.add("second"));
        first.close();
        first.close();
        request.cancel("enough");
        assertThat(ran).containsExactly("second");
    }

    @Test
    void runsTheOtherActionsWhenOneThrows() {
        IllegalStateException failure = new IllegalStateException("on purpose");
        any.onCancel(() -> {
            throw failure;
        });
        work.token().onCancel(() -> ran.add("second"));
        request.token().onCancel(() -> ran.add("third"));
        assertThatThrownBy(() -> request.cancel("enough")).isSameAs(failure);
        assertThat(ran).containsExactly("second", "third");
        assertThatCode(() -> server.cancel("closing")).doesNotThrowAnyException();
    }

    @Test
    void runsAnActionOnceWhenTwoAreCancelledAtTheSameTime() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            CancellationScope one = CancellationScope.named("one");
            CancellationScope another = CancellationScope.named("another");
            CancellationToken linked = CancellationToken.linked(one.token(), another.token());
            AtomicInteger times = new AtomicInteger();
            CyclicBarrier start = new CyclicBarrier(3);
            TestThread<?> first = cancelling(one, start);
            TestThread<?> second = cancelling(another, start);
            start.await();
            linked.onCancel(times::incrementAndGet);
            first.result();
            second.result();
            assertThat(times).hasValue(1);
        }
    }

    private static TestThread<?> cancelling(CancellationScope scope, CyclicBarrier start) {
        return TestThread.start(() -> {
            start.await();
            scope.cancel("raced");
            return null;
        });
    }

    private static boolean endsInTime(CountDownLatch ended) {
        try {
            return ended.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object sleepForGood() throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE); // until it is cancelled
        return null;
    }
}
