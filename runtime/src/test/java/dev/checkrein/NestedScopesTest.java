package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Scopes inside scopes, where nothing polls. */
class NestedScopesTest {
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofHours(1);

    private final List<Throwable> leftInner = new ArrayList<>();

    @Test
    void theInnerDeadlineEndsTheInnerCallOnly() {
        TestThread<String> worker = TestThread.start(() -> scope("outer", LONG).call(() -> {
            assertThatThrownBy(() -> scope("inner", SHORT).call(NestedScopesTest::blockForGood))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasMessageStartingWith("scope \"inner\"");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return "outer goes on";
        }));
        assertThat(worker.result()).isEqualTo("outer goes on");
    }

    @Test
    void theOuterDeadlinePassesThroughTheInnerBoundary() {
        TestThread<?> worker = TestThread.start(() ->
                scope("outer", SHORT).call(() -> inner(scope("inner", LONG), () -> blockForGood())));
        assertThat(worker.thrown())
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessageStartingWith("scope \"outer\"")
                .hasCauseExactlyInstanceOf(InterruptedException.class);
        assertThat(leftInner).singleElement().isInstanceOf(InterruptedException.class);
    }

    @Test
    void cancellingTheOuterEndsTheInnerWhichLetsItThrough() {
        CancellationScope outer = CancellationScope.named("outer");
        TestThread<?> worker = TestThread.start(
                        () -> outer.call(() -> inner(scope("inner", LONG), () -> blockForGood())))
                .awaitBlocked();
        outer.cancel("enough");
        assertThat(worker.thrown())
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"outer\" was cancelled: enough");
        assertThat(leftInner).singleElement().isInstanceOf(InterruptedException.class);
    }

    @Test
    void anOuterThatEndedLeavesItsNextInnerToBeEndedToo() {
        CancellationScope outer = CancellationScope.named("outer");
        TestThread<?> worker = TestThread.start(() -> outer.call(() -> {
            outer.cancel("enough");
            return inner(scope("begun afterwards", LONG), () -> blockForGood());
        }));
        assertThat(worker.thrown()).hasMessage("scope \"outer\" was cancelled: enough");
    }

    @Test
    void theSameScopeInsideItselfEndsAsAWhole() {
        CancellationScope scope = CancellationScope.named("recursive");
        TestThread<?> worker = TestThread.start(() -> scope.call(() -> inner(scope, () -> blockForGood())))
                .awaitBlocked();
        scope.cancel("enough");
        assertThat(worker.thrown()).isExactlyInstanceOf(CancellationException.class);
        // Both calls are asked to end, one after the other; the inner one may be woken before it is its turn.
        assertThat(leftInner).singleElement().isInstanceOfAny(CancellationException.class, InterruptedException.class);
    }

    private Object inner(CancellationScope scope, java.util.concurrent.Callable<?> body) throws Exception {
        try {
            return scope.call(body);
        } catch (Throwable t) {
            leftInner.add(t);
            throw t;
        }
    }

    private static CancellationScope scope(String name, Duration deadline) {
        return CancellationScope.named(name).withDeadline(deadline);
    }

    private static Object blockForGood() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }
}
