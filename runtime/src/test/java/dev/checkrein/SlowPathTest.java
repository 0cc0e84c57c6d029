package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.cancel.FakePolls;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which polls throw, and what. */
class SlowPathTest {
    private final FakePolls polls = new FakePolls();
    private final CancellationScope scope = CancellationScope.named("work");

    @AfterEach
    void noFlagStaysUp() {
        polls.close();
        assertThat(polls.pending()).as("flag after everything has ended").isFalse();
    }

    @Test
    void throwsNothingOutsideACall() {
        assertThatCode(polls::pollSlowly).doesNotThrowAnyException();
    }

    @Test
    void throwsNothingInACallThatWasNotAskedToEnd() throws Exception {
        CancellationScope another = CancellationScope.named("another");
        scope.call(() -> {
            assertThat(Ending.of(() -> another.call(() -> {
                        another.cancel("enough");
                        return null;
                    })))
                    .isInstanceOf(CancellationException.class);
            polls.pollSlowly();
            return null;
        });
    }

    @Test
    void throwsNothingOnceTheCallHasEnded() {
        cancelInside(() -> {});
        assertThatCode(polls::pollSlowly).doesNotThrowAnyException();
    }

    @Test
    void theBoundaryTurnsTheErrorIntoAnException() {
        Throwable thrown = cancelInside(polls::poll);
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"work\" was cancelled: enough")
                .hasCauseExactlyInstanceOf(CancellationError.class)
                .hasRootCauseMessage("scope \"work\" was cancelled: enough");
        assertThat(thrown.getCause().getStackTrace())
                .as("where the thread was found")
                .extracting(StackTraceElement::getMethodName)
                .contains("theBoundaryTurnsTheErrorIntoAnException");
    }

    @Test
    void throwsAtEveryPollHoweverOftenItIsCaught() {
        cancelInside(() -> {
            for (int i = 0; i < 10; i++) {
                error();
            }
        });
    }

    @Test
    void leavesCleanupAloneForFiftyMillisecondsFromTheFirstPoll() {
        cancelInside(() -> {
            polls.advanceClock(1, TimeUnit.DAYS);
            error();
            cleanUp();
            polls.advanceClock(50, TimeUnit.MILLISECONDS);
            polls.advanceClock(-1, TimeUnit.NANOSECONDS);
            cleanUp();
            error();
            polls.advanceClock(1, TimeUnit.NANOSECONDS);
            assertThatThrownBy(this::cleanUp).isInstanceOf(CancellationError.class);
        });
    }

    @Test
    void throwsNothingAtAReturn() {
        cancelInside(() -> {
            polls.engine().slowPath().accept(PollCode.RETURN);
            error();
        });
    }

    @Test
    void laterErrorsAreNewWithoutAStackAndNameTheFirst() {
        cancelInside(() -> {
            CancellationError first = error();
            assertThat(first.getStackTrace()).isNotEmpty();
            assertThat(first).hasNoCause();
            polls.advanceClock(1, TimeUnit.SECONDS);
            CancellationError second = error();
            CancellationError third = error();
            assertThat(third).isNotSameAs(second);
            for (CancellationError later : new CancellationError[] {second, third}) {
                assertThat(later).isNotSameAs(first).hasMessage(first.getMessage());
                assertThat(later.getCause()).isSameAs(first);
                assertThat(later.getStackTrace()).isEmpty();
            }
        });
    }

    @Test
    void tryWithResourcesSurvivesBeingHitAgainInClose() {
        Throwable thrown = cancelInside(() -> {
            try (Hit outer = new Hit();
                    Hit inner = new Hit()) {
                assertThat(outer).isNotSameAs(inner);
                polls.poll();
            }
        });
        assertThat(thrown).isExactlyInstanceOf(CancellationException.class);
        assertThat(thrown.getCause()).isInstanceOf(CancellationError.class);
        assertThat(thrown.getCause().getSuppressed())
                .hasSize(2)
                .allSatisfy(suppressed -> assertThat(suppressed).isInstanceOf(CancellationError.class));
    }

    @Test
    void theOutermostRequestWins() {
        CancellationScope inner = CancellationScope.named("inner");
        Throwable thrown = cancelInside(() -> inner.run(() -> {
            inner.cancel("as well");
            assertThat(error()).hasMessage("scope \"work\" was cancelled: enough");
        }));
        assertThat(thrown).hasMessage("scope \"work\" was cancelled: enough");
    }

    @Test
    void theOutersErrorPassesThroughAnInnerBoundary() {
        CancellationScope inner = CancellationScope.named("inner");
        CancellationError[] leftInner = new CancellationError[1];
        Throwable thrown = cancelInside(() -> leftInner[0] = catchThrowableOfType(
                CancellationError.class,
                () -> inner.call(() -> {
                    polls.poll();
                    return null;
                })));
        assertThat(leftInner[0]).hasMessage("scope \"work\" was cancelled: enough");
        assertThat(thrown).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void eachCallHasItsOwnFirstError() throws Exception {
        for (int i = 0; i < 3; i++) {
            CancellationScope inner = CancellationScope.named("inner");
            scope.call(() -> {
                assertThat(Ending.of(() -> inner.call(() -> {
                            inner.cancel("enough");
                            assertThat(error()).hasNoCause();
                            return null;
                        })))
                        .isInstanceOf(CancellationException.class);
                return null;
            });
        }
    }

    @Test
    void pollsWithinTheRuntimeDoNothing() {
        polls.pollWhereTheFlagIsSet();
        Throwable thrown = cancelInside(() -> {});
        assertThat(thrown).isExactlyInstanceOf(CancellationException.class).hasNoCause();
    }

    private Throwable cancelInside(Throwing body) {
        return Ending.of(() -> scope.call(() -> {
            scope.cancel("enough");
            body.run();
            return null;
        }));
    }

    private CancellationError error() {
        CancellationError error = catchThrowableOfType(CancellationError.class, polls::poll);
        assertThat(error).as("thrown at the poll").isNotNull();
        return error;
    }

    private void cleanUp() {
        polls.poll();
    }

    private interface Throwing {
        void run() throws Exception;
    }

    private final class Hit implements AutoCloseable {
        @Override
        public void close() {
            polls.advanceClock(1, TimeUnit.SECONDS);
            polls.poll();
            throw new AssertionError("was not hit in close()");
        }
    }
}
