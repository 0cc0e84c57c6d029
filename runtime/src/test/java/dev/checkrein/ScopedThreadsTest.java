package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Threads that live in a scope. */
class ScopedThreadsTest {
    private final CancellationScope scope = CancellationScope.named("helpers");
    private final AtomicReference<Throwable> uncaught = new AtomicReference<>();

    @Test
    void endTogetherAndQuietly() throws Exception {
        List<Blocker> bodies = List.of(new Blocker(), new Blocker());
        List<Thread> threads =
                bodies.stream().map(body -> start(scope, body::run)).toList();
        bodies.forEach(Blocker::awaitBegin);
        scope.cancel("no longer needed");
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(bodies).allMatch(Blocker::awaitInterrupt);
        assertThat(uncaught).hasNullValue();
    }

    @Test
    void doNotBeginInACancelledScope() throws Exception {
        Blocker body = new Blocker();
        scope.cancel("closed");
        start(scope, body::run).join();
        assertThat(body.hasBegun()).isFalse();
        assertThat(uncaught).hasNullValue();
    }

    @Test
    void tellTheirDeadline() throws Exception {
        start(scope.withDeadline(Duration.ofMillis(5)), new Blocker()::run).join();
        assertThat(uncaught.get()).isExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void tellWhatTheirBodiesThrow() throws Exception {
        CancellationException own = new CancellationException("of something else");
        start(scope, () -> {
                    throw own;
                })
                .join();
        assertThat(uncaught).hasValue(own);
    }

    private Thread start(CancellationScope scope, Runnable body) {
        ThreadFactory threads = scope.threadFactory(Thread::new);
        Thread thread = threads.newThread(body);
        thread.setUncaughtExceptionHandler((dead, thrown) -> uncaught.set(thrown));
        thread.start();
        return thread;
    }
}
