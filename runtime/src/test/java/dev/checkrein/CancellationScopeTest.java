package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A scope that nobody asks to end is not noticed. */
class CancellationScopeTest {
    private final CancellationScope scope = CancellationScope.named("work");

    @Test
    void returnsWhatTheBodyReturns() throws Exception {
        assertThat(scope.call(() -> "value")).isEqualTo("value");
        assertThat(scope.<String>call(() -> null)).isNull();
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IOException("checked"),
                new InterruptedException("checked"),
                new IllegalStateException("unchecked"),
                new CancellationException("the body's own"),
                new AssertionError("error"),
                new Throwable("neither"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void throwsTheVeryObjectTheBodyThrows(Throwable thrown) {
        assertThatThrownBy(() -> scope.call(() -> {
                    throw sneaky(thrown);
                }))
                .isSameAs(thrown);
    }

    @Test
    void runPassesOnWhateverARunnableThrows() throws Exception {
        IOException checked = new IOException("sneaked out of a Runnable");
        assertThatThrownBy(() -> scope.run(() -> {
                    throw CancellationScopeTest.<RuntimeException>sneaky(checked);
                }))
                .isSameAs(checked);
        IllegalStateException unchecked = new IllegalStateException();
        assertThatThrownBy(() -> scope.run(() -> {
                    throw unchecked;
                }))
                .isSameAs(unchecked);
    }

    @Test
    void runRuns() throws Exception {
        StringBuilder done = new StringBuilder();
        scope.run(() -> done.append("done"));
        assertThat(done).hasToString("done");
    }

    @Test
    void canBeCalledAgainAndInsideItself() throws Exception {
        assertThat(scope.call(() -> scope.call(() -> 1) + scope.call(() -> 2))).isEqualTo(3);
        assertThat(scope.call(() -> 4)).isEqualTo(4);
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        assertThatThrownBy(() -> CancellationScope.named(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> scope.withDeadline((Duration) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> scope.call((Callable<String>) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> scope.run(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> scope.cancel(null)).isInstanceOf(NullPointerException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope.withDeadline(Duration.ZERO))
                .withMessage("a deadline must be longer than zero, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope.withDeadline(Duration.ofMillis(-1)))
                .withMessage("a deadline must be longer than zero, was PT-0.001S");
    }

    @Test
    void aCancelWithoutAReasonCancelsNothing() throws Exception {
        assertThatThrownBy(() -> scope.cancel(null)).isInstanceOf(NullPointerException.class);
        assertThat(scope.call(() -> "still open")).isEqualTo("still open");
    }

    @Test
    void withMakesANewScopeWithAToken() throws Exception {
        CancellationScope timed = scope.withDeadline(Duration.ofDays(1));
        assertThat(timed).isNotSameAs(scope);
        assertThat(timed.name()).isEqualTo("work");
        assertThat(timed.token()).isSameAs(timed.token()).isNotSameAs(scope.token());
        scope.cancel("only this one");
        assertThat(timed.call(() -> "open")).isEqualTo("open");
        assertThat(scope.withDeadline(Duration.ofDays(1)).call(() -> "uncancelled"))
                .isEqualTo("uncancelled");
    }

    @Test
    void saysWhatItIs() {
        assertThat(scope).hasToString("CancellationScope[work]");
        assertThat(scope.withDeadline(Duration.ofMillis(1500))).hasToString("CancellationScope[work, deadline PT1.5S]");
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
