package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A moment that several calls share. */
class DeadlineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // about to overflow, as nanoTime may
    private final LongSupplier clock = nanos::get;
    private final CancellationScope scope = CancellationScope.named("work");

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void comesNearerAndIsOver() {
        Deadline deadline = Deadline.in(SECOND, clock);
        assertThat(deadline.remaining()).isEqualTo(SECOND);
        assertThat(deadline).hasToString("Deadline[in PT1S]");
        pass(Duration.ofNanos(999_999_999));
        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(deadline.isOver()).isTrue();
        pass(SECOND);
        assertThat(deadline.isOver()).isTrue();
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline).hasToString("Deadline[over]");
    }

    @Test
    void theEarlierOfTwo() {
        Deadline near = Deadline.in(SECOND, clock);
        Deadline far = Deadline.in(SECOND.multipliedBy(2), clock);
        assertThat(near.min(far)).isSameAs(near);
        assertThat(far.min(near)).isSameAs(near);
        assertThat(near.min(Deadline.in(SECOND, clock))).isSameAs(near);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> near.min(Deadline.in(SECOND)))
                .withMessage("deadlines can be compared only if they go by the same clock, the same object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2562047H", "PT2562048H", "PT2562047788015215H30M7.999999999S"})
    void mayBeAsFarAwayAsCanBeSaid(String time) throws Exception {
        Deadline deadline = Deadline.in(Duration.parse(time));
        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.min(Deadline.in(Duration.parse(time).negated())).isOver())
                .isTrue();
        assertThat(scope.withDeadline(deadline).call(() -> "value")).isEqualTo("value");
    }

    @Test
    void eachCallHasWhatIsLeft() throws Exception {
        CancellationScope shared = scope.withDeadline(Deadline.in(SECOND, clock));
        assertThat(shared.call(() -> "in time")).isEqualTo("in time");
        pass(Duration.ofNanos(999_999_999)); // by that clock; the watchdog waits for the rest by its own
        TestThread<?> worker = TestThread.start(() -> shared.call(new Blocker()::call));
        assertThat(worker.thrown())
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage("scope \"work\" was still busy at its deadline, 0.000000001 s after its start");
    }

    @Test
    void noBodyBeginsWhenItIsOver() {
        CancellationScope late =
                scope.withDeadline(Deadline.in(Duration.ZERO, clock)).withDeadline(SECOND);
        assertThatThrownBy(() -> late.call(() -> {
                    throw new AssertionError("the body must not run");
                }))
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage("scope \"work\" was called when its deadline was over")
                .hasNoCause();
        late.cancel("too");
        assertThatThrownBy(() -> late.call(() -> "value")).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void holdsBesideWhatEachCallMayTake() {
        try (FakePolls polls = new FakePolls()) {
            CancellationScope near =
                    scope.withDeadline(Duration.ofMillis(5)).withDeadline(Deadline.in(SECOND.multipliedBy(99)));
            Throwable thrown = Ending.of(() -> near.call(() -> {
                while (true) {
                    polls.poll();
                }
            }));
            assertThat(thrown)
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasMessageContaining("0.005 s after its start");
        }
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        assertThatThrownBy(() -> Deadline.in(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Deadline.in(SECOND, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> scope.withDeadline((Deadline) null)).isInstanceOf(NullPointerException.class);
    }
}
