package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.checkrein.internal.cancel.FakePolls;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application has said is not to be torn is not, until it is done with it. */
class ShieldTest {
    private FakePolls polls;

    @BeforeEach
    void install() {
        polls = new FakePolls();
    }

    @AfterEach
    void uninstall() {
        polls.close();
    }

    @Test
    void nothingIsThrownInsideAndAtOnceBehind() {
        CancellationScope scope = CancellationScope.named("work");
        inCall(scope, () -> {
            try (Shield shield = Shield.enter()) {
                scope.cancel("enough");
                polls.poll();
                polls.advanceClock(1, TimeUnit.HOURS);
                polls.poll();
                assertThat(shield).isNotNull();
            }
            assertHit();
        });
    }

    @Test
    void shieldsNest() {
        CancellationScope scope = CancellationScope.named("work");
        inCall(scope, () -> {
            try (Shield outer = Shield.enter()) {
                try (Shield inner = Shield.enter()) {
                    assertThat(inner).isNotSameAs(outer);
                }
                scope.cancel("enough");
                polls.poll();
            }
            assertHit();
        });
    }

    @Test
    void closedTwiceItIsClosedOnce() {
        CancellationScope scope = CancellationScope.named("work");
        inCall(scope, () -> {
            Shield outer = Shield.enter();
            Shield inner = Shield.enter();
            inner.close();
            inner.close();
            scope.cancel("enough");
            polls.poll();
            outer.close();
            assertHit();
        });
    }

    @Test
    void aForcedRequestDoesNotWaitForItOnceItInsists() {
        CancellationScope scope = CancellationScope.named("work")
                .withPolicy(EscalationPolicy.defaults().forced());
        inCall(scope, () -> {
            try (Shield shield = Shield.enter()) {
                scope.cancel("enough");
                polls.poll();
                polls.advanceClock(99, TimeUnit.MILLISECONDS);
                polls.poll();
                polls.advanceClock(1, TimeUnit.MILLISECONDS);
                assertHit();
                assertThat(shield).isNotNull();
            }
        });
    }

    @Test
    void oneInsideAnInnerCallProtectsFromTheEndOfTheOuter() {
        CancellationScope outer = CancellationScope.named("outer");
        inCall(outer, () -> {
            Throwable thrown =
                    catchThrowable(() -> CancellationScope.named("inner").run(() -> {
                        try (Shield shield = Shield.enter()) {
                            outer.cancel("enough");
                            polls.poll();
                            assertThat(shield).isNotNull();
                        }
                        polls.poll();
                    }));
            assertThat(thrown).isInstanceOf(CancellationError.class);
        });
    }

    @Test
    void oneAroundACallDoesNotProtectThatCall() {
        CancellationScope outer = CancellationScope.named("outer");
        CancellationScope inner = CancellationScope.named("inner");
        Throwable thrown = catchThrowable(() -> outer.run(() -> {
            try (Shield shield = Shield.enter()) {
                inCall(inner, () -> {
                    inner.cancel("enough");
                    assertHit();
                });
                assertThat(shield).isNotNull();
            }
        }));
        assertThat(thrown).isNull();
    }

    @Test
    void aCallInsideOneCanBeEndedThoughTheCallAroundItIsToEndToo() {
        CancellationScope outer = CancellationScope.named("outer");
        CancellationScope inner = CancellationScope.named("inner");
        inCall(outer, () -> {
            try (Shield shield = Shield.enter()) {
                outer.cancel("enough");
                polls.poll();
                inCall(inner, () -> {
                    polls.poll();
                    inner.cancel("enough");
                    assertHit();
                });
                polls.poll();
                assertThat(shield).isNotNull();
            }
            assertHit();
        });
    }

    @Test
    void outsideOfAnyScopeItDoesNothing() {
        try (Shield shield = Shield.enter()) {
            CancellationScope scope = CancellationScope.named("work");
            inCall(scope, () -> {
                scope.cancel("enough");
                assertHit();
            });
            assertThat(shield).isNotNull();
        }
    }

    @Test
    void anotherThreadCannotCloseIt() {
        Shield shield = Shield.enter();
        Throwable thrown = TestThread.start(() -> {
                    shield.close();
                    return null;
                })
                .thrown();
        assertThat(thrown)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a shield is for the thread that entered it alone, not for \"worker\"");
        shield.close();
    }

    private void inCall(CancellationScope scope, Runnable body) {
        Throwable thrown = catchThrowable(() -> scope.run(body));
        Ending.checked(thrown);
        assertThat(thrown).isInstanceOf(CancellationException.class);
    }

    private void assertHit() {
        assertThat(catchThrowable(polls::poll)).isInstanceOf(CancellationError.class);
    }
}
