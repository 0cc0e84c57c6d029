package dev.checkrein.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.TestThread;
import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.bridge.ThreadsLateException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who counts as stopped among threads that nobody has registered. The agent's part is played by hand. */
class DiscoveredTest {
    private static final PauseOrder ORDER =
            new PauseOrder("test", 0, Duration.ofSeconds(20).toNanos(), PauseOrder.UNLIMITED, thread -> true, false);
    private static final PauseOrder SHORT_ORDER =
            new PauseOrder("test", 0, Duration.ofMillis(100).toNanos(), PauseOrder.UNLIMITED, thread -> true, false);

    private final Host host = new Host();
    private final Coordinator coordinator =
            new Coordinator(new Discovered(host, host), host, (action, nanos) -> () -> {});

    private final class Host extends NoThreads implements Arming, PollHold {
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        private volatile boolean held;
        private volatile boolean late;
        private volatile boolean anew;
        private volatile int settled;
        private volatile String polledBehind = "";

        @Override
        public Thread[] live() {
            return threads.toArray(new Thread[0]);
        }

        @Override
        public boolean isRewritten(String className) {
            return className.startsWith(DiscoveredTest.class.getName());
        }

        @Override
        public boolean isPolledBehind(String className, String method) {
            return className.startsWith(polledBehind);
        }

        @Override
        public boolean isOwn(Thread thread) {
            return false;
        }

        @Override
        public void armEntries() {}

        @Override
        public void arm(List<Thread> some, boolean lookAnew) {
            late = true;
            anew |= lookAnew;
        }

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public void settle() {
            settled++;
        }

        @Override
        public void begin() {
            held = true;
        }

        @Override
        public void end() {
            held = false;
        }
    }

    private <T> TestThread<T> start(java.util.concurrent.Callable<T> body) {
        TestThread<T> thread = TestThread.start(body);
        host.threads.add(thread.thread());
        return thread;
    }

    private void poll() {
        if (host.held) {
            coordinator.atPoll(PollCode.LOOP);
        }
    }

    @Test
    void whoRunsIsWaitedForUntilItPolls() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        TestThread<Object> guest = start(() -> {
            running.countDown();
            while (end.getCount() > 0) {
                poll();
            }
            return null;
        });
        running.await();
        HeldPause pause = coordinator.pause(ORDER);
        assertThat(pause.stopped()).isOne();
        guest.awaitBlocked();
        pause.close();
        end.countDown();
        guest.result();
        assertThat(host.held).isFalse();
    }

    @Test
    void aPauseThatCannotHaveItsLeaseLetsEverybodyGo() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Coordinator leaseless = new Coordinator(new Discovered(host, host), host, (action, nanos) -> {
            throw new OutOfMemoryError("on purpose");
        });
        TestThread<Object> guest = start(() -> {
            running.countDown();
            while (end.getCount() > 0) {
                leaseless.atPoll(PollCode.LOOP);
            }
            return null;
        });
        running.await();
        PauseOrder withLease = new PauseOrder("test", 0, ORDER.limitNanos(), 1, thread -> true, false);
        assertThatThrownBy(() -> leaseless.pause(withLease)).isInstanceOf(OutOfMemoryError.class);
        assertThat(leaseless.isPending()).isFalse();
        leaseless.pause(ORDER).close();
        end.countDown();
        guest.result();
    }

    @Test
    void whoIsBlockedIsOutsideAndStopsWhenItComesBack() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        TestThread<Object> guest = start(() -> {
            back.await();
            poll();
            return null;
        });
        guest.awaitBlocked();
        HeldPause pause = coordinator.pause(ORDER);
        assertThat(pause.stopped()).isZero();
        back.countDown();
        TestThread.eventually("it comes back", () -> pause.stopped() == 1);
        pause.close();
        guest.result();
    }

    /** It cannot come back before the owner does, and that stands still. */
    @Test
    void whoIsBlockedByOneThatHasArrivedIsOutside() throws Exception {
        List<Object> list = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch owned = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        host.polledBehind = "nothing";
        TestThread<Object> owner = start(() -> {
            synchronized (list) {
                owned.countDown();
                while (end.getCount() > 0) {
                    poll();
                }
            }
            return null;
        });
        owned.await();
        TestThread<Object> blocked = start(() -> list.add(1));
        TestThread.eventually("it is blocked", () -> blocked.thread().getState() == Thread.State.BLOCKED);
        for (int i = 0; i < 3; i++) {
            HeldPause pause = coordinator.pause(ORDER);
            assertThat(pause.stopped()).isOne();
            pause.close();
        }
        end.countDown();
        owner.result();
        blocked.result();
        assertThat(host.late).isFalse();
    }

    /** The owner may let go of it in code that does not poll, and the other one runs on: so it is made to poll first. */
    @Test
    void whoIsBlockedByOneThatWaitsElsewhereIsArmed() throws Exception {
        List<Object> list = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch owned = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        host.polledBehind = "java.util.concurrent.";
        TestThread<Object> owner = start(() -> {
            synchronized (list) {
                owned.countDown();
                end.await();
            }
            return null;
        });
        owned.await();
        TestThread<Object> blocked = start(() -> list.add(1));
        TestThread.eventually("it is blocked", () -> blocked.thread().getState() == Thread.State.BLOCKED);
        HeldPause pause = coordinator.pause(ORDER);
        assertThat(host.late).isTrue();
        pause.close();
        end.countDown();
        owner.result();
        blocked.result();
    }

    @Test
    void behindAMonitorIsAPoll() throws Exception {
        assertThat(isLateWhileBlockedBy(new Object())).isFalse();
    }

    /** It may be the JVM's own, for a class that is being initialised; and then there is none. */
    @Test
    void behindOneThatIsAnArrayMayBeNone() throws Exception {
        assertThat(isLateWhileBlockedBy(new int[0])).isTrue();
    }

    /** The monitor's owner is nobody that a pause wants. */
    private boolean isLateWhileBlockedBy(Object monitor) throws Exception {
        CountDownLatch owned = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        TestThread<Object> owner = TestThread.start(() -> {
            synchronized (monitor) {
                owned.countDown();
                end.await();
            }
            return null;
        });
        owned.await();
        TestThread<Object> blocked = start(() -> {
            synchronized (monitor) {
                return null;
            }
        });
        TestThread.eventually("it is blocked", () -> blocked.thread().getState() == Thread.State.BLOCKED);
        coordinator.pause(ORDER).close();
        end.countDown();
        owner.result();
        blocked.result();
        return host.late;
    }

    @Test
    void whoIsInANativeCallThatAPollFollowsIsOutside() throws Exception {
        host.polledBehind = "java.net.";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TestThread<Object> guest = start(server::accept);
            TestThread.eventually(
                    "it accepts",
                    () -> guest.thread().getStackTrace().length > 3
                            && guest.thread().getStackTrace()[0].isNativeMethod());
            for (int i = 0; i < 3; i++) {
                HeldPause pause = coordinator.pause(ORDER);
                assertThat(pause.stopped()).isZero();
                pause.close();
            }
            host.polledBehind = "nothing";
        }
    }

    @Test
    void whoIsInANativeCallThatNoPollFollowsIsWaitedFor() throws Exception {
        host.polledBehind = "elsewhere.";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TestThread<Object> guest = start(() -> acceptHere(server));
            TestThread.eventually(
                    "it accepts",
                    () -> guest.thread().getStackTrace().length > 3
                            && guest.thread().getStackTrace()[0].isNativeMethod());
            assertThatThrownBy(() -> coordinator.pause(SHORT_ORDER))
                    .isInstanceOfSatisfying(
                            ThreadsLateException.class,
                            e -> assertThat(e.late()).containsOnlyKeys(guest.thread()));
        }
    }

    private static Object acceptHere(ServerSocket server) throws Exception {
        return server.accept();
    }

    @Test
    void whoIsLateHasItsCodeArmedAndThenThrownAway() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        TestThread<Object> guest = start(() -> {
            running.countDown();
            while (!host.anew) {
                Thread.onSpinWait();
            }
            while (host.settled == 0) {
                poll();
            }
            return null;
        });
        running.await();
        HeldPause pause = coordinator.pause(ORDER);
        assertThat(host.late).isTrue();
        assertThat(host.settled).isZero();
        pause.close();
        guest.result();
        assertThat(host.settled).isOne();
    }

    private static DiscoveredTest running;

    private static final class Initialised {
        private static final CountDownLatch BEGUN = new CountDownLatch(1);
    }

    /** A class that takes its time, and polls. */
    private static final class SlowClass {
        static long value = initialise();

        private static long initialise() {
            Initialised.BEGUN.countDown();
            long polls = 0;
            while (!running.host.held) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 1_000; i++) {
                running.poll();
                polls++;
            }
            return polls;
        }
    }

    @Test
    void whoInitialisesAClassThatAnotherWaitsForRunsOnAndStopsBehindIt() throws Exception {
        running = this;
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        TestThread<Long> initialiser = start(() -> useSlowClass(end));
        Initialised.BEGUN.await();
        TestThread<Long> waiter = start(() -> {
            waits.countDown();
            return useSlowClass(end);
        });
        waits.await();
        HeldPause pause = coordinator.pause(ORDER);
        assertThat(pause.stopped()).isEqualTo(2);
        initialiser.awaitBlocked();
        waiter.awaitBlocked();
        pause.close();
        end.countDown();
        assertThat(initialiser.result()).isEqualTo(1_000);
        assertThat(waiter.result()).isEqualTo(1_000);
    }

    private long useSlowClass(CountDownLatch end) {
        long value = SlowClass.value;
        while (end.getCount() > 0) {
            poll();
        }
        return value;
    }

    @Test
    void whoIsNotLateIsLeftAlone() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        TestThread<Object> guest = start(() -> {
            running.countDown();
            while (end.getCount() > 0) {
                LockSupport.parkNanos(1_000);
                poll();
            }
            return null;
        });
        running.await();
        for (int i = 0; i < 100; i++) {
            coordinator.pause(ORDER).close();
        }
        assertThat(host.anew).isFalse();
        end.countDown();
        guest.result();
    }
}
