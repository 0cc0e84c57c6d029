package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.Stall.Level;
import dev.checkrein.Stall.Verdict;
import dev.checkrein.internal.cancel.FakePolls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that get nowhere are told of and ended. Without the agent: what polls, polls by hand. */
@SuppressWarnings("try")
class WatchdogTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // about to overflow, as nanoTime may
    private final List<Stall> told = new CopyOnWriteArrayList<>();
    private FakePolls polls;

    @BeforeEach
    void install() {
        polls = new FakePolls();
    }

    @AfterEach
    void uninstall() {
        polls.close();
    }

    private WatchdogBuilder byHand() {
        return Watchdog.builder().byHand(nanos::get).checkEvery(SECOND).withListener(told::add);
    }

    private int pass(Watchdog dog, int seconds) {
        int reached = 0;
        for (int i = 0; i < seconds; i++) {
            nanos.addAndGet(SECOND.toNanos());
            reached += dog.checkNow();
        }
        return reached;
    }

    @Test
    void aCallGivesWhatItsWorkGives() throws Exception {
        try (Watchdog dog = byHand().cancelAfter(SECOND.multipliedBy(4)).build()) {
            assertThat(dog.<String>call("work", () -> "done")).isEqualTo("done");
            assertThat(dog.<String>call("work", watch -> watch.name())).isEqualTo("work");
            Callable<Object> failing = () -> {
                throw new IOException("on purpose");
            };
            assertThatThrownBy(() -> dog.call("work", failing))
                    .isInstanceOf(IOException.class)
                    .hasMessage("on purpose");
        }
    }

    @Test
    void oneThatIsBlockedIsToldOfAndThenEnded() {
        try (Watchdog dog = byHand().warnAfter(SECOND.multipliedBy(2))
                .cancelAfter(SECOND.multipliedBy(4))
                .build()) {
            Blocker blocker = new Blocker();
            TestThread<String> worker = TestThread.start(() -> dog.call("import", blocker));
            worker.awaitBlocked();
            dog.checkNow();
            assertThat(pass(dog, 1)).isZero();
            assertThat(pass(dog, 1)).isOne();
            assertThat(told).hasSize(1).first().satisfies(stall -> {
                assertThat(stall.watch()).isEqualTo("import");
                assertThat(stall.level()).isEqualTo(Level.WARN);
                assertThat(stall.verdict()).isEqualTo(Verdict.BLOCKED);
                assertThat(stall.thread()).isSameAs(worker.thread());
                assertThat(stall.silent()).isEqualTo(SECOND.multipliedBy(2));
                assertThat(stall.stack())
                        .extracting(StackTraceElement::getMethodName)
                        .contains("await");
            });
            assertThat(pass(dog, 2)).isOne();
            assertThat(worker.thrown())
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("scope \"import\" was cancelled: it gave no sign of life for 4.000 s, and waited")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(told).extracting(Stall::level).containsExactly(Level.WARN, Level.CANCEL);
        }
    }

    @Test
    void oneThatBeatsGoesOn() {
        try (Watchdog dog = byHand().cancelAfter(SECOND.multipliedBy(2)).build()) {
            Blocker blocker = new Blocker();
            CountDownLatch begun = new CountDownLatch(1);
            Watchdog.Watch[] watches = new Watchdog.Watch[1];
            TestThread<String> worker = TestThread.start(() -> dog.call("import", watch -> {
                watches[0] = watch;
                begun.countDown();
                return blocker.call();
            }));
            await(begun);
            worker.awaitBlocked();
            for (int i = 0; i < 100; i++) {
                watches[0].beat();
                assertThat(pass(dog, 1)).isZero();
            }
            blocker.letGo();
            assertThat(worker.result()).isEqualTo("let go");
        }
    }

    /** Behind a shield, which a gentle request does not break. */
    @Test
    void insistingSparesNothing() {
        try (Watchdog dog = byHand().cancelAfter(SECOND.multipliedBy(2))
                .insistAfter(SECOND.multipliedBy(4))
                .reportAfter(SECOND.multipliedBy(6))
                .build()) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch insisted = new CountDownLatch(1);
            CountDownLatch polled = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            TestThread<String> worker = TestThread.start(() -> dog.call("import", watch -> {
                try (Shield shield = Shield.enter()) {
                    begun.countDown();
                    await(asked);
                    polls.poll();
                    polled.countDown();
                    await(insisted);
                    polls.poll();
                }
                return "not ended";
            }));
            await(begun);
            worker.awaitBlocked();
            dog.checkNow();
            pass(dog, 2);
            asked.countDown();
            await(polled);
            worker.awaitBlocked();
            pass(dog, 2);
            assertThat(told).extracting(Stall::level).containsExactly(Level.CANCEL, Level.INSIST);
            insisted.countDown();
            assertThat(worker.thrown())
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("it gave no sign of life for 4.000 s");
        }
    }

    private static void await(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                latch.await();
                over = true;
            } catch (InterruptedException e) {
                // A request wakes it, and it is not to end by that.
            }
        }
    }

    @Test
    void aThreadMayBeWatchedWithoutACall() {
        try (Watchdog dog = byHand().warnAfter(SECOND.multipliedBy(2)).build()) {
            Blocker blocker = new Blocker();
            TestThread<String> worker = TestThread.start(() -> {
                try (Watchdog.Watch watch = dog.watch("loop")) {
                    return blocker.call();
                }
            });
            worker.awaitBlocked();
            dog.checkNow();
            assertThat(pass(dog, 3)).isOne();
            blocker.letGo();
            assertThat(worker.result()).isEqualTo("let go");
            assertThat(pass(dog, 3)).isZero();
        }
    }

    @Test
    void aScopeOfOnesOwnIsCancelled() {
        try (Watchdog dog = byHand().cancelAfter(SECOND.multipliedBy(2))
                .insistAfter(SECOND.multipliedBy(4))
                .build()) {
            CancellationScope scope = CancellationScope.named("own");
            CountDownLatch hang = new CountDownLatch(1);
            scope.token().onCancel(() -> await(hang)); // keeps no check waiting
            Blocker blocker = new Blocker();
            TestThread<String> worker = TestThread.start(() -> scope.call(() -> {
                try (Watchdog.Watch watch = dog.watch(scope)) {
                    return blocker.call();
                }
            }));
            worker.awaitBlocked();
            dog.checkNow();
            assertThat(pass(dog, 2)).isOne();
            assertThat(worker.thrown())
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("it gave no sign of life for 2.000 s");
            hang.countDown();
        }
    }

    @Test
    void aScopeIsWatchedFromInsideOnly() {
        try (Watchdog dog = byHand().cancelAfter(SECOND.multipliedBy(2)).build()) {
            CancellationScope scope = CancellationScope.named("own");
            assertThatIllegalStateException()
                    .isThrownBy(() -> dog.watch(scope))
                    .withMessage(
                            "the calling thread is in no call of scope \"own\", whose cancel could end what it does:"
                                    + " watch it from inside the call");
        }
    }

    @Test
    void whileItIsOffNothingIsFound() {
        try (Watchdog dog = byHand().warnAfter(SECOND.multipliedBy(2)).build()) {
            assertThat(dog.isOn()).isTrue();
            Blocker blocker = new Blocker();
            TestThread<String> worker = TestThread.start(() -> dog.call("import", blocker));
            worker.awaitBlocked();
            dog.checkNow();
            pass(dog, 1);
            dog.switchOff();
            assertThat(dog.isOn()).isFalse();
            assertThat(pass(dog, 100)).isZero();
            dog.switchOn();
            assertThat(pass(dog, 2)).isZero();
            assertThat(pass(dog, 1)).isOne();
            blocker.letGo();
            assertThat(worker.result()).isEqualTo("let go");
        }
    }

    @Test
    void onceClosedItWatchesNothing() {
        Watchdog dog = byHand().warnAfter(SECOND.multipliedBy(2)).build();
        dog.close();
        dog.close();
        dog.switchOn();
        assertThat(dog.isOn()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> dog.call("work", () -> "done"))
                .withMessage("this watchdog was closed, and watches nothing any more");
    }

    /** By a thread of its own, in real time. */
    @Test
    void aListenerThatHangsOrFailsKeepsNothingFromBeingEnded() {
        CountDownLatch hang = new CountDownLatch(1);
        WatchdogBuilder soon =
                Watchdog.builder().warnAfter(Duration.ofMillis(20)).cancelAfter(Duration.ofMillis(40));
        try (Watchdog hanging = soon.withListener(stall -> await(hang)).build();
                Watchdog failing = soon.withListener(stall -> {
                            told.add(stall);
                            throw new AssertionError("on purpose");
                        })
                        .build()) {
            for (Watchdog dog : List.of(hanging, failing, hanging, failing)) {
                TestThread<String> worker = TestThread.start(() -> dog.call("import", new Blocker()));
                assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
            }
            TestThread.eventually("all is told", () -> told.size() == 4);
        }
        hang.countDown();
    }

    /** Those of a test are told before the check returns. */
    @Test
    void byHandToo() {
        try (Watchdog dog = byHand().warnAfter(SECOND.multipliedBy(2))
                .cancelAfter(SECOND.multipliedBy(4))
                .withListener(stall -> {
                    throw new AssertionError("on purpose");
                })
                .build()) {
            TestThread<String> worker = TestThread.start(() -> dog.call("import", new Blocker()));
            worker.awaitBlocked();
            dog.checkNow();
            assertThat(pass(dog, 4)).isEqualTo(2);
            assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Watchdog.builder().warnAfter(Duration.ZERO))
                .withMessage("a time until a stall leads to WARN must be positive, and PT0S is not");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Watchdog.builder().build())
                .withMessage("a watchdog needs a level: give one of warnAfter, cancelAfter, insistAfter and reportAfter"
                        + " a time");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Watchdog.builder()
                        .warnAfter(SECOND)
                        .reportAfter(SECOND.dividedBy(2))
                        .build())
                .withMessage(
                        "the time until a stall leads to REPORT, PT0.5S, is shorter than that of a level before it,"
                                + " PT1S: they must be in the order warn, cancel, insist, report");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Watchdog.builder()
                        .warnAfter(SECOND)
                        .checkEvery(Duration.ofMillis(501))
                        .build())
                .withMessage(
                        "a check interval of PT0.501S is too long: at most half of the shortest time until a level,"
                                + " which is PT1S");
    }
}
