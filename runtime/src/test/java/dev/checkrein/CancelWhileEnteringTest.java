package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.internal.bridge.CurrentEngine;
import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.bridge.HeldPause;
import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.bridge.PauseOrder;
import dev.checkrein.internal.bridge.ThreadsLateException;
import dev.checkrein.internal.cancel.CancelEngine;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;

/** A cancel that comes while a call begins ends that call: the body runs to its end or the caller is told. */
class CancelWhileEnteringTest {
    private static final int ROUNDS = 100_000;
    private static final int PATIENCE = 10_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final CancelEngine engine = CancelEngine.interruptOnly(null);
    private volatile int sink;

    @Test
    void afterTheScopeWasFoundOpen() {
        CancellationScope scope = CancellationScope.named("work");
        AtomicBoolean ran = new AtomicBoolean();
        CurrentEngine current = CurrentEngine.is(new OnEnter(() -> scope.cancel("meanwhile")));
        try {
            TestThread<?> worker = TestThread.start(() -> scope.call(() -> ran.getAndSet(true)));
            assertThat(worker.thrown())
                    .isExactlyInstanceOf(CancellationException.class)
                    .hasMessageEndingWith("meanwhile");
            assertThat(ran).as("the body ran").isFalse();
        } finally {
            current.restore();
        }
    }

    /**
     * The two meet at a random point. One that comes after the call was registered reaches the call late, if at all: an
     * action that was there before keeps it until the call is over.
     */
    @Test
    void atAnyMoment() {
        CurrentEngine current = CurrentEngine.is(engine);
        try {
            AtomicReference<CancellationScope> toCancel = new AtomicReference<>();
            CancellationScope noMore = CancellationScope.named("no more");
            TestThread<?> canceller = TestThread.start(() -> {
                CancellationScope scope = next(toCancel);
                for (int round = 0; scope != noMore; round++) {
                    spin(round % 256);
                    scope.cancel("meanwhile");
                    scope = next(toCancel);
                }
                return null;
            });
            long start = System.nanoTime();
            for (int round = 0; round < ROUNDS && System.nanoTime() - start < MOST_NANOS; round++) {
                CancellationScope scope = CancellationScope.named("work");
                CountDownLatch callEnded = new CountDownLatch(1);
                scope.token().onCancel(() -> await(callEnded));
                toCancel.set(scope);
                spinUntil(() -> toCancel.get() == null);
                String outcome;
                try {
                    outcome = scope.call(() -> "value");
                } catch (Exception e) {
                    outcome = e.getMessage();
                }
                callEnded.countDown();
                assertThat(outcome)
                        .as("how the call in round " + round + " ended")
                        .isIn("value", "scope \"work\" was cancelled: meanwhile");
            }
            toCancel.set(noMore);
            canceller.result();
        } finally {
            current.restore();
        }
    }

    private static CancellationScope next(AtomicReference<CancellationScope> handedOver) {
        spinUntil(() -> handedOver.get() != null);
        return handedOver.getAndSet(null);
    }

    /** Without giving the processor away: the two must leave together. */
    private static void spinUntil(BooleanSupplier reached) {
        for (int turn = 0; !reached.getAsBoolean(); turn++) {
            Thread.onSpinWait();
            if (turn == PATIENCE) {
                TestThread.eventually("the other thread comes", reached);
            }
        }
    }

    private void spin(int turns) {
        for (int i = 0; i < turns; i++) {
            sink += i;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The engine, with something happening as soon as a call has entered. */
    private final class OnEnter implements Engine {
        private final Runnable action;

        OnEnter(Runnable action) {
            this.action = action;
        }

        @Override
        public Object enter(
                Object tag,
                String scopeName,
                long deadlineNanos,
                Ladder ladder,
                BiFunction<String, Throwable, Error> errors) {
            Object call = engine.enter(tag, scopeName, deadlineNanos, ladder, errors);
            action.run();
            return call;
        }

        @Override
        public void cancel(Object call, String why) {
            engine.cancel(call, why);
        }

        @Override
        public EndRequest exit(Object call) {
            return engine.exit(call);
        }

        @Override
        public Object enterShield() {
            return engine.enterShield();
        }

        @Override
        public void exitShield(Object entered) {
            engine.exitShield(entered);
        }

        @Override
        public boolean isRequested(Object tag) {
            return engine.isRequested(tag);
        }

        @Override
        public HeldPause pause(PauseOrder order) throws ThreadsLateException {
            return engine.pause(order);
        }

        @Override
        public int handshake(PauseOrder order, ObjLongConsumer<Thread> action) throws ThreadsLateException {
            return engine.handshake(order, action);
        }

        @Override
        public Map<String, Object> pauseStats() {
            return engine.pauseStats();
        }

        @Override
        public void resetPauseStats() {
            engine.resetPauseStats();
        }

        @Override
        public Map<String, Object> status() {
            return engine.status();
        }
    }
}
