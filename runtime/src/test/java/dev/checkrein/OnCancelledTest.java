package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that had to be ended is begun again, or not taken any more. */
class OnCancelledTest {
    private static final Duration SHORT = Duration.ofMillis(10);

    private final CancellationScope scope = CancellationScope.named("work").withDeadline(SHORT);

    /** Ends what spins, and never what is quick, however long it is kept from a processor. */
    private final CancellationScope frugal = CancellationScope.named("work").withCpuBudget(Duration.ofMillis(30));

    private final List<Integer> runs = new ArrayList<>();
    private FakePolls polls;

    @BeforeEach
    void install() {
        polls = new FakePolls();
    }

    @AfterEach
    void uninstall() {
        polls.close();
    }

    /** Until it is ended, as long as it has not run so often. */
    private String spinBelow(int run) {
        runs.add(runs.size());
        while (runs.size() < run) {
            polls.poll();
        }
        return "run " + runs.size();
    }

    private String spin() {
        return spinBelow(Integer.MAX_VALUE);
    }

    @Test
    void whatHadToBeEndedIsBegunAgain() throws Exception {
        CancellationScope retrying = frugal.onCancelled(OnCancelled.retry(5));
        assertThat(retrying.<String>call(() -> spinBelow(3))).isEqualTo("run 3");
        assertThat(retrying.<String>call(() -> spinBelow(3))).isEqualTo("run 4");
    }

    @Test
    void eachRunHasAllOfTheDeadlineAndTheLastTellsOfTheOthers() {
        long start = System.nanoTime();
        Throwable thrown =
                Ending.of(() -> scope.onCancelled(OnCancelled.retry(2)).call(this::spin));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(3 * SHORT.toNanos());
        assertThat(runs).hasSize(3);
        assertThat(thrown).isInstanceOf(TimeoutException.class).hasMessageContaining("0.01 s after its start");
        assertThat(thrown.getCause()).isInstanceOf(CancellationError.class);
        assertThat(thrown.getSuppressed())
                .hasSize(2)
                .hasOnlyElementsOfType(TimeoutException.class)
                .doesNotContain(thrown);
    }

    @Test
    void aDeadlineForAllOfThemIsNotBegunAgain() {
        CancellationScope retrying =
                CancellationScope.named("work").withDeadline(Deadline.in(SHORT)).onCancelled(OnCancelled.retry(9));
        assertThat(Ending.of(() -> retrying.call(this::spin)))
                .isInstanceOf(TimeoutException.class)
                .hasNoSuppressedExceptions();
        assertThat(runs).hasSize(1);
    }

    @Test
    void budgetsBeginAnew() {
        CancellationScope retrying = CancellationScope.named("work")
                .withCpuBudget(Duration.ofMillis(20))
                .onCancelled(OnCancelled.retry(1));
        Throwable thrown = Ending.of(() -> retrying.call(this::spin));
        assertThat(runs).hasSize(2);
        assertThat(thrown).isInstanceOf(CancellationException.class).hasMessageContaining("CPU");
        assertThat(thrown.getSuppressed()).hasSize(1);
    }

    @Test
    void aCancelIsForGood() {
        CancellationScope retrying = frugal.onCancelled(OnCancelled.retry(9));
        Throwable thrown = Ending.of(() -> retrying.call(() -> {
            if (runs.size() == 1) {
                retrying.cancel("enough");
            }
            return spin();
        }));
        assertThat(thrown).isInstanceOf(CancellationException.class).hasMessageContaining("enough");
        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(CancellationException.class);
        assertThat(runs).hasSize(2);
    }

    @Test
    void theEndOfAScopeAroundItIsNeitherBegunAgainNorCounted() {
        CancellationScope outer = CancellationScope.named("outer");
        CancellationScope inner = CancellationScope.named("inner")
                .onCancelled(OnCancelled.retry(9).thenQuarantine(1));
        Throwable thrown = Ending.of(() -> outer.call(() -> inner.call(() -> {
            outer.cancel("enough");
            return spin();
        })));
        assertThat(thrown).isInstanceOf(CancellationException.class).hasMessageContaining("outer");
        assertThat(runs).hasSize(1);
        assertThat(inner.isQuarantined()).isFalse();
    }

    @Test
    void norIsItWhenItsOwnDeadlineHasPassedToo() {
        CancellationScope outer = CancellationScope.named("outer");
        CancellationScope inner = scope.onCancelled(OnCancelled.retry(9).thenQuarantine(1));
        Throwable thrown = Ending.of(() -> outer.call(() -> inner.call(() -> {
            try {
                return spin();
            } finally {
                outer.cancel("enough");
            }
        })));
        assertThat(thrown).isInstanceOf(CancellationException.class).hasMessageContaining("outer");
        assertThat(runs).hasSize(1);
        assertThat(inner.isQuarantined()).isFalse();
    }

    @Test
    void whatFailsByItselfIsNotBegunAgain() {
        CancellationScope retrying = frugal.onCancelled(OnCancelled.retry(9));
        IllegalStateException failure = new IllegalStateException("for the test");
        assertThatThrownBy(() -> retrying.call(() -> {
                    spinBelow(2);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(runs).hasSize(2);
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(CancellationException.class);
    }

    @Test
    void eachRunGetsItsOwnState() throws Exception {
        List<List<String>> states = new ArrayList<>();
        CancellationScope retrying = frugal.onCancelled(OnCancelled.retry(9));
        String result = retrying.callAnew(
                () -> {
                    states.add(new ArrayList<>());
                    return states.get(states.size() - 1);
                },
                state -> {
                    state.add("used");
                    return spinBelow(3);
                });
        assertThat(result).isEqualTo("run 3");
        assertThat(states).hasSize(3).allSatisfy(state -> assertThat(state).containsExactly("used"));
    }

    @Test
    void tooManyInARowAreQuarantinedUntilReleased() throws Exception {
        CancellationScope trusting = frugal.onCancelled(OnCancelled.quarantine(2));
        Ending.of(() -> trusting.call(this::spin));
        assertThat(trusting.isQuarantined()).isFalse();
        Throwable last = Ending.of(() -> trusting.call(this::spin));
        assertThat(trusting.isQuarantined()).isTrue();
        assertThatThrownBy(() -> trusting.call(this::spin))
                .isInstanceOf(QuarantinedException.class)
                .hasMessage("scope \"work\" is quarantined: the last 2 calls of it had to be ended."
                        + " CancellationScope.release() has it take calls again")
                .hasCause(last);
        assertThat(runs).hasSize(2);
        trusting.release();
        assertThat(trusting.call(() -> "again")).isEqualTo("again");
        Ending.of(() -> trusting.call(this::spin));
        assertThat(trusting.isQuarantined()).isFalse();
    }

    @Test
    void oneThatEndsByItselfHasTheCountBeginAnew() throws Exception {
        CancellationScope trusting = frugal.onCancelled(OnCancelled.quarantine(2));
        Ending.of(() -> trusting.call(this::spin));
        trusting.call(() -> "well");
        Ending.of(() -> trusting.call(this::spin));
        assertThatThrownBy(() -> trusting.run(() -> {
                    throw new IllegalStateException("by itself");
                }))
                .isInstanceOf(IllegalStateException.class);
        Ending.of(() -> trusting.call(this::spin));
        assertThat(trusting.isQuarantined()).isFalse();
        Ending.of(() -> trusting.call(this::spin));
        assertThat(trusting.isQuarantined()).isTrue();
    }

    @Test
    void aCallIsCountedOnceHoweverOftenItWasBegunAgain() throws Exception {
        CancellationScope both = scope.onCancelled(OnCancelled.retry(3).thenQuarantine(2));
        Ending.of(() -> both.call(this::spin));
        assertThat(both.isQuarantined()).isFalse();
        Ending.of(() -> both.call(this::spin));
        assertThat(both.isQuarantined()).isTrue();
        assertThat(runs).hasSize(8);
    }

    @Test
    void whatRunsWhenTheQuarantineBeginsGoesOnAndDoesNotEndIt() {
        CancellationScope trusting = frugal.onCancelled(OnCancelled.quarantine(1));
        Blocker body = new Blocker();
        TestThread<String> running = TestThread.start(() -> trusting.call(body));
        running.awaitBlocked();
        Ending.of(() -> trusting.call(this::spin));
        assertThat(trusting.isQuarantined()).isTrue();
        body.letGo();
        assertThat(running.result()).isEqualTo("let go");
        assertThat(trusting.isQuarantined()).isTrue();
    }

    @Test
    void callsOfManyThreadsAreCountedTogether() {
        int threads = 8;
        for (int round = 0; round < 20; round++) {
            CancellationScope trusting = scope.onCancelled(OnCancelled.quarantine(threads));
            ConcurrentLinkedQueue<TestThread<?>> workers = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < threads; i++) {
                workers.add(TestThread.start(() -> trusting.call(() -> {
                    while (true) {
                        polls.poll();
                    }
                })));
            }
            assertThat(workers).allSatisfy(worker -> assertThat(worker.thrown()).isInstanceOf(TimeoutException.class));
            assertThat(trusting.isQuarantined()).isTrue();
        }
    }

    @Test
    void numbersAreOneOrMore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnCancelled.retry(0))
                .withMessage("the number of times that work is begun again must be one or more, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnCancelled.retry(1).thenQuarantine(-1))
                .withMessage("the number of calls after which a scope is quarantined must be one or more, was -1");
    }

    @Test
    void theScopeSaysSo() {
        assertThat(CancellationScope.named("work")
                        .onCancelled(OnCancelled.retry(1).thenQuarantine(3))
                        .withFailFast())
                .hasToString("CancellationScope[work, retry 1 time, then quarantine after 3, fails fast]");
    }
}
