package dev.checkrein.internal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.checkrein.CancellationError;
import dev.checkrein.CancellationScope;
import dev.checkrein.Ending;
import dev.checkrein.TestThread;
import dev.checkrein.internal.cancel.FakePolls;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** This copy of the runtime owns the JVM, a plugin brings another; scopes of both nest as if they were of one. */
class TwoCopiesTest {
    private final FakePolls polls = new FakePolls();
    private final SecondCopy second = new SecondCopy();
    private final CancellationScope host = CancellationScope.named("host");

    @BeforeEach
    void borrow() throws Exception {
        second.borrow(EngineProtocol.publish(polls.engine()));
        assertThat(second.load("dev.checkrein.CancellationScope")).isNotSameAs(CancellationScope.class);
    }

    @AfterEach
    void uninstall() {
        polls.close();
    }

    @Test
    void aScopeOfTheSecondReturnsAndThrowsAsAny() throws Exception {
        assertThat(second.scope("plugin").call(() -> "value")).isEqualTo("value");
        IllegalStateException thrown = new IllegalStateException();
        assertThatThrownBy(() -> second.scope("plugin").call(() -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void aScopeOfTheSecondIsEndedByItsOwnError() throws Exception {
        SecondCopy.Scope plugin = second.scope("plugin");
        Throwable thrown = Ending.of(() -> plugin.call(() -> {
            plugin.cancel("enough");
            polls.poll();
            return null;
        }));
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"plugin\" was cancelled: enough");
        assertThat(thrown.getCause().getClass()).isSameAs(second.load("dev.checkrein.CancellationError"));
    }

    @Test
    void aDeadlineOfTheSecondWakesABlockedThread() {
        TestThread<?> worker = TestThread.start(
                () -> second.scope("plugin").withDeadline(Duration.ofMillis(5)).call(() -> {
                    new CountDownLatch(1).await();
                    return null;
                }));
        assertThat(worker.thrown())
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessageStartingWith("scope \"plugin\" was still busy at its deadline, 0.005 s");
    }

    @Test
    void theOuterScopesErrorPassesThroughTheOthersBoundary() {
        Throwable thrown =
                catchThrowable(() -> host.call(() -> second.scope("plugin").call(() -> {
                    host.cancel("enough");
                    polls.poll();
                    return null;
                })));
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"host\" was cancelled: enough")
                .hasCauseExactlyInstanceOf(CancellationError.class);
    }

    @Test
    void theOutermostRequestWinsAcrossCopies() throws Exception {
        SecondCopy.Scope plugin = second.scope("plugin");
        Throwable thrown = Ending.of(() -> plugin.call(() -> host.call(() -> {
            host.cancel("inner");
            plugin.cancel("outer");
            polls.poll();
            return null;
        })));
        assertThat(thrown).hasMessage("scope \"plugin\" was cancelled: outer");
    }

    @Test
    void aTokenOfTheSecondKnowsTheEndOfTheHostsScope() throws Exception {
        SecondCopy.Scope plugin = second.scope("plugin");
        assertThat(Ending.of(() -> host.call(() -> plugin.call(() -> {
                    assertThat(plugin.isCancelled()).isFalse();
                    host.cancel("enough");
                    assertThat(plugin.isCancelled()).isTrue();
                    return null;
                }))))
                .isExactlyInstanceOf(CancellationException.class);
        assertThat(plugin.isCancelled()).as("outside the host's call").isFalse();
    }

    @Test
    void bothShowTheOwnersStatus() throws Exception {
        assertThat(second.status()).hasToString(dev.checkrein.Checkrein.status().toString());
    }

    @Test
    void nothingStaysPending() throws Exception {
        theOutermostRequestWinsAcrossCopies();
        assertThat(polls.pending()).isFalse();
    }
}
