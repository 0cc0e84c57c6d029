package dev.checkrein.junit5;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.CancellationScope;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** What tests do that take too long. */
final class Blocking {
    private Blocking() {}

    /** Until it is interrupted. */
    static void forGood() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Until a limit of a few milliseconds has passed, and fails if that was one: deadlines come in order, and this is later. */
    static void longerThanShortLimits() {
        CancellationScope later = CancellationScope.named("later").withDeadline(Duration.ofMillis(60));
        assertThatThrownBy(() -> later.call(() -> {
                    forGood();
                    return null;
                }))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("\"later\"");
    }
}
