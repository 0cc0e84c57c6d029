package dev.checkrein.agent.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A signal is heard, also while another is acted upon. */
class SignalsTest {
    private static final String SIGNAL = "WINCH"; // means nothing to a JVM

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);

    private void act() {
        begun.release();
        mayEnd.acquireUninterruptibly();
        throw new IllegalStateException("must not keep the next from being heard");
    }

    private void awaitBegun() throws InterruptedException {
        assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).as("has begun").isTrue();
    }

    private static void raise() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance(SIGNAL));
    }

    @Test
    void thoseThatComeWhileOneIsActedUponHaveItDoneOnceMore() throws Exception {
        Signals.take(Map.of(SIGNAL, SignalAction.DUMP), Map.of(SignalAction.DUMP, this::act));
        for (int i = 0; i < 100; i++) {
            raise();
            awaitBegun();
            raise();
            mayEnd.release();
            awaitBegun();
            mayEnd.release();
        }
    }

    @Test
    void refusesWhatCannotBeHad() {
        assertThatThrownBy(() -> Signals.take(Map.of("NONE", SignalAction.DUMP), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signal NONE cannot be had: Unknown signal: NONE");
    }
}
