package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.checkrein.Escalation.Rung;
import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A policy says how long a request is gentle, and who is told. */
class EscalationTest {
    private static final EscalationPolicy DEFAULTS = EscalationPolicy.defaults();

    private static FakePolls polls;

    private final Queue<Escalation> told = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch enough = new CountDownLatch(1);

    @BeforeEach
    void install() {
        polls = new FakePolls();
    }

    @AfterEach
    void uninstall() {
        polls.close();
    }

    @Test
    void cleanupIsSparedForAsLongAsTheRequestIsPolite() {
        inCancelledCall(DEFAULTS.withPolite(Duration.ofMillis(10)), () -> {
            assertThat(cleanUp()).isNull();
            polls.advanceClock(9_999, TimeUnit.MICROSECONDS);
            assertThat(cleanUp()).isNull();
            polls.advanceClock(1, TimeUnit.MICROSECONDS);
            assertThat(cleanUp()).isInstanceOf(CancellationError.class);
        });
    }

    @Test
    void aRequestNeedNotBePoliteAtAll() {
        inCancelledCall(
                DEFAULTS.withPolite(Duration.ZERO), () -> assertThat(cleanUp()).isInstanceOf(CancellationError.class));
    }

    static final class SparedInitialiser {
        static final Throwable THROWN = pollAfterAWhile();

        private SparedInitialiser() {}
    }

    @Test
    void anInitialiserIsSparedForEver() {
        inCancelledCall(DEFAULTS, () -> assertThat(SparedInitialiser.THROWN).isNull());
    }

    static final class ForcedInitialiser {
        static final Throwable THROWN = pollAfterAWhile();

        private ForcedInitialiser() {}
    }

    @Test
    void unlessItIsForced() {
        inCancelledCall(
                DEFAULTS.forced(), () -> assertThat(ForcedInitialiser.THROWN).isInstanceOf(CancellationError.class));
    }

    static final class NotYetForcedInitialiser {
        static final Throwable THROWN = catchThrowable(polls::poll);

        private NotYetForcedInitialiser() {}
    }

    @Test
    void whichItIsWhenItInsistsAndNotBefore() {
        inCancelledCall(
                DEFAULTS.forced(),
                () -> assertThat(NotYetForcedInitialiser.THROWN).isNull());
    }

    @Test
    void rungsAreToldInOrderWithThreadScopeAndStack() {
        CancellationScope scope = scope(DEFAULTS.withReport(Duration.ofDays(1)).withListener(told::add));
        TestThread<?> worker = TestThread.start(() -> scope.call(this::cleanUpUntilEnough));
        cancel(scope);
        awaitTold(Rung.POLITE);
        polls.advanceClock(50, TimeUnit.MILLISECONDS);
        awaitTold(Rung.FIRM);
        polls.advanceClock(50, TimeUnit.MILLISECONDS);
        awaitTold(Rung.INSIST);
        enough.countDown();
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        assertThat(rungs()).containsExactly(Rung.WAKE, Rung.POLITE, Rung.FIRM, Rung.INSIST);
        assertThat(told).allSatisfy(step -> {
            assertThat(step.scope()).isEqualTo("work");
            assertThat(step.thread()).isSameAs(worker.thread());
            assertThat(step.why()).contains("enough");
            assertThat(step.sinceRequest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
            assertThat(step.stack()).anyMatch(frame -> frame.getMethodName().equals("cleanUpUntilEnough"));
        });
    }

    @Test
    void whatComesToNoPollIsReported() {
        CancellationScope scope =
                scope(DEFAULTS.withReport(Duration.ofMillis(5)).withListener(told::add));
        TestThread<?> worker = TestThread.start(() -> scope.call(this::spinUntilEnough));
        cancel(scope);
        awaitTold(Rung.REPORT);
        enough.countDown();
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        assertThat(rungs()).containsExactly(Rung.WAKE, Rung.REPORT);
        assertThat(Checkrein.status().stops().reported()).isOne();
    }

    @Test
    void aRequestThatIsPoliteForLongIsReportedAsSuch() {
        CancellationScope scope = scope(DEFAULTS.withPolite(Duration.ofHours(1))
                .withReport(Duration.ofMillis(5))
                .withListener(told::add));
        TestThread<?> worker = TestThread.start(() -> scope.call(this::cleanUpUntilEnough));
        cancel(scope);
        awaitTold(Rung.REPORT);
        awaitTold(Rung.POLITE);
        enough.countDown();
        assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        assertThat(rungs()).containsExactlyInAnyOrder(Rung.WAKE, Rung.POLITE, Rung.REPORT);
    }

    @Test
    void aListenerThatFailsBreaksNothing() {
        CancellationScope failing = scope(DEFAULTS.withListener(step -> {
            told.add(step);
            throw new IllegalStateException("for the test");
        }));
        TestThread<?> first = TestThread.start(() -> failing.call(this::spinUntilEnough));
        cancel(failing);
        awaitTold(Rung.WAKE);
        enough.countDown();
        assertThat(first.thrown()).isInstanceOf(CancellationException.class);
        told.clear();
        CancellationScope next = scope(DEFAULTS.withListener(told::add));
        TestThread<?> second = TestThread.start(() -> next.call(new Blocker()));
        second.awaitBlocked();
        next.cancel("enough");
        assertThat(second.thrown()).isInstanceOf(CancellationException.class);
        awaitTold(Rung.WAKE);
    }

    @Test
    void aListenerThatHangsKeepsNeitherOthersNorTheReportWaiting() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        EscalationPolicy soon = DEFAULTS.withReport(Duration.ofMillis(5));
        CancellationScope hanging = scope(soon.withListener(step -> {
            hangs.countDown();
            untilEnough();
        }));
        TestThread<?> first = TestThread.start(() -> hanging.call(this::spinUntilEnough));
        try (LoggedLines log = new LoggedLines()) {
            cancel(hanging);
            hangs.await();
            CancellationScope next = scope(soon.withListener(told::add));
            TestThread<?> second = TestThread.start(() -> next.call(this::spinUntilEnough));
            TestThread.eventually("it runs", () -> next.isRunning(second.thread()));
            next.cancel("enough");
            awaitTold(Rung.REPORT);
            TestThread.eventually(
                    "both are reported in the log",
                    () -> log.lines().stream()
                                    .filter(line -> line.contains("has not ended its call"))
                                    .count()
                            == 2);
            enough.countDown();
            assertThat(second.thrown()).isInstanceOf(CancellationException.class);
        }
        assertThat(first.thrown()).isInstanceOf(CancellationException.class);
    }

    @Test
    void aListenerIsToldOneStepAfterTheOtherOfAllCallsThatItIsFor() {
        CountDownLatch mayReturn = new CountDownLatch(1);
        EscalationPolicy policy = DEFAULTS.withReport(Duration.ofDays(1)).withListener(step -> {
            told.add(step);
            TestThread.eventually("it may return", () -> mayReturn.getCount() == 0);
        });
        CancellationScope one = scope(policy);
        CancellationScope other = scope(policy.withReport(Duration.ofMillis(5)));
        TestThread<?> first = TestThread.start(() -> one.call(this::spinUntilEnough));
        cancel(one);
        awaitTold(Rung.WAKE);
        TestThread<?> second = TestThread.start(() -> other.call(this::spinUntilEnough));
        TestThread.eventually("it runs", () -> other.isRunning(second.thread()));
        other.cancel("enough");
        TestThread.eventually(
                "its steps are there to be told",
                () -> Checkrein.status().stops().reported() == 1);
        enough.countDown();
        assertThat(first.thrown()).isInstanceOf(CancellationException.class);
        assertThat(second.thrown()).isInstanceOf(CancellationException.class);
        assertThat(told).hasSize(1);
        mayReturn.countDown();
        awaitTold(Rung.REPORT);
    }

    @Test
    void whatAListenerThatFailsThrowsIsLogged() {
        try (LoggedLines log = new LoggedLines()) {
            CancellationScope failing = scope(DEFAULTS.withListener(step -> {
                throw new IllegalStateException("for the test");
            }));
            TestThread<?> worker = TestThread.start(() -> failing.call(this::spinUntilEnough));
            cancel(failing);
            TestThread.eventually(
                    "it is logged",
                    () -> log.lines()
                            .contains("what was to be told that scope \"work\" has reached WAKE has failed:"
                                    + " java.lang.IllegalStateException: for the test"));
            enough.countDown();
            assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        }
    }

    private void untilEnough() {
        while (enough.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void timesAreNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withFirm(Duration.ofMillis(-1)))
                .withMessage("the time for which a request is firm must be zero or longer, was PT-0.001S");
    }

    private static CancellationScope scope(EscalationPolicy policy) {
        return CancellationScope.named("work").withPolicy(policy);
    }

    private static void inCancelledCall(EscalationPolicy policy, Runnable body) {
        CancellationScope scope = scope(policy);
        Throwable thrown = catchThrowable(() -> scope.run(() -> {
            scope.cancel("enough");
            body.run();
        }));
        Ending.checked(thrown);
        assertThat(thrown).isInstanceOf(CancellationException.class);
    }

    /** The name makes it cleanup for these polls. */
    private static Throwable cleanUp() {
        return catchThrowable(polls::poll);
    }

    private static Throwable pollAfterAWhile() {
        Throwable first = catchThrowable(polls::poll);
        polls.advanceClock(1, TimeUnit.SECONDS);
        return first == null ? catchThrowable(polls::poll) : first;
    }

    private Object cleanUpUntilEnough() {
        begun.countDown();
        while (enough.getCount() > 0) {
            catchThrowable(polls::poll);
        }
        return null;
    }

    private Object spinUntilEnough() {
        begun.countDown();
        untilEnough();
        return null;
    }

    private void cancel(CancellationScope scope) {
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        scope.cancel("enough");
    }

    private void awaitTold(Rung rung) {
        TestThread.eventually("it is told of " + rung, () -> rungs().contains(rung));
    }

    private List<Rung> rungs() {
        return told.stream().map(Escalation::rung).toList();
    }
}
