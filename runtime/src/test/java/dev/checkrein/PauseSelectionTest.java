package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pause stops the threads that are chosen: by name, by class loader, by scope. */
@SuppressWarnings("try")
class PauseSelectionTest {
    private static final PauseRequest SNAPSHOT = PauseRequest.of(StopReason.SNAPSHOT);

    private final SafepointCoordinator coordinator = SafepointCoordinator.create();
    private final AtomicBoolean end = new AtomicBoolean();
    private final Set<TestThread<Object>> started = Collections.newSetFromMap(new IdentityHashMap<>());

    @AfterEach
    void endAll() {
        end.set(true);
        started.forEach(TestThread::result);
    }

    @Test
    void byName() throws Exception {
        start("worker-1", () -> {});
        start("worker-2", () -> {});
        start("other", () -> {});
        try (Pause pause = coordinator.pause(SNAPSHOT.withThreadsNamed("worker-*"))) {
            assertThat(pause.stoppedThreads()).isEqualTo(2);
        }
        try (Pause pause = coordinator.pause(SNAPSHOT.withThreadsNamed("nobody"))) {
            assertThat(pause.stoppedThreads()).isZero();
        }
    }

    @Test
    void byClassLoader() throws Exception {
        try (URLClassLoader plugin = new URLClassLoader(new URL[0], getClass().getClassLoader());
                URLClassLoader library = new URLClassLoader(new URL[0], plugin);
                URLClassLoader another =
                        new URLClassLoader(new URL[0], getClass().getClassLoader())) {
            start("in the plugin", () -> Thread.currentThread().setContextClassLoader(plugin));
            start("below the plugin", () -> Thread.currentThread().setContextClassLoader(library));
            start("in another", () -> Thread.currentThread().setContextClassLoader(another));
            start("of the platform", () -> Thread.currentThread().setContextClassLoader(null));
            try (Pause pause = coordinator.pause(SNAPSHOT.withThreadsOf(plugin))) {
                assertThat(pause.stoppedThreads()).isEqualTo(2);
            }
            try (Pause pause =
                    coordinator.pause(SNAPSHOT.withThreadsOf(getClass().getClassLoader()))) {
                assertThat(pause.stoppedThreads()).isEqualTo(3);
            }
        }
    }

    @Test
    void byScope() throws Exception {
        CancellationScope scope = CancellationScope.named("paused");
        CancellationScope another = CancellationScope.named("another");
        startIn(scope, "one");
        startIn(scope, "two");
        startIn(another, "three");
        start("four", () -> {});
        try (Pause pause = coordinator.pause(SNAPSHOT.withThreadsIn(scope))) {
            assertThat(pause.stoppedThreads()).isEqualTo(2);
        }
    }

    @Test
    void aThreadThatHasLeftTheScopeIsNotOfIt() throws Exception {
        CancellationScope scope = CancellationScope.named("left");
        start("was in it", () -> {
            try {
                scope.call(() -> scope.call(() -> null));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        try (Pause pause = coordinator.pause(SNAPSHOT.withThreadsIn(scope))) {
            assertThat(pause.stoppedThreads()).isZero();
        }
    }

    @Test
    void byASetThatIsCopied() throws Exception {
        Thread one = start("one", () -> {});
        start("two", () -> {});
        List<Thread> chosen = new ArrayList<>(List.of(one));
        PauseRequest request = SNAPSHOT.withThreads(chosen);
        chosen.clear();
        try (Pause pause = coordinator.pause(request)) {
            assertThat(pause.stoppedThreads()).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "worker-*, worker-1, true",
        "worker-*, worker-, true",
        "worker-*, worker, false",
        "*-worker-*, pool-1-worker-2, true",
        "*, anything, true",
        "'', '', true",
        "'', a, false",
        "*ab, aab, true",
        "*ab*ab, ababab, true",
        "a*b*c, a-b-b-d, false",
        "a.c, abc, false",
    })
    void namesMatchPatterns(String pattern, String name, boolean expected) {
        assertThat(NamePattern.matches(pattern, name)).isEqualTo(expected);
    }

    private void startIn(CancellationScope scope, String name) {
        CountDownLatch running = new CountDownLatch(1);
        started.add(TestThread.start(() -> {
            Thread.currentThread().setName(name);
            return scope.call(() -> work(running));
        }));
        await(running);
    }

    private Thread start(String name, Runnable before) {
        CountDownLatch running = new CountDownLatch(1);
        TestThread<Object> thread = TestThread.start(() -> {
            Thread.currentThread().setName(name);
            before.run();
            return work(running);
        });
        started.add(thread);
        await(running);
        return thread.thread();
    }

    private Object work(CountDownLatch running) {
        try (Worker worker = coordinator.registerWorker()) {
            running.countDown();
            while (!end.get()) {
                coordinator.poll();
                Thread.onSpinWait();
            }
        }
        return null;
    }

    private static void await(CountDownLatch latch) {
        eventually("it runs", () -> latch.getCount() == 0);
    }
}
