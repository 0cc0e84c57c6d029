package dev.checkrein.internal.bridge;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/** How {@link Engine#pause} crosses class loaders: see {@link EngineProtocol}. */
final class PauseProtocol {
    private PauseProtocol() {}

    static Object[] ask(PauseOrder order) {
        return new Object[] {
            order.reason(), order.priority(), order.limitNanos(), order.leaseNanos(), order.selected(), order.orRefuse()
        };
    }

    /** Null for a refusal; a message and stacks for threads that were late; or what the held pause can do. */
    @SuppressWarnings("unchecked")
    static Object[] answer(Engine engine, Object[] asked) {
        PauseOrder order = new PauseOrder(
                (String) asked[0],
                (Integer) asked[1],
                (Long) asked[2],
                (Long) asked[3],
                (Predicate<Thread>) asked[4],
                (Boolean) asked[5]);
        try {
            HeldPause pause = engine.pause(order);
            BooleanSupplier held = pause == null ? null : pause::isHeld;
            IntSupplier stopped = pause == null ? null : pause::stopped;
            Runnable close = pause == null ? null : pause::close;
            return pause == null ? null : new Object[] {held, stopped, close};
        } catch (ThreadsLateException e) {
            return new Object[] {e.getMessage(), e.late()};
        }
    }

    @SuppressWarnings("unchecked")
    static HeldPause understand(Object[] answer) throws ThreadsLateException {
        if (answer == null) {
            return null;
        }
        if (answer[0] instanceof String) {
            throw new ThreadsLateException((String) answer[0], (Map<Thread, StackTraceElement[]>) answer[1]);
        }
        return new BorrowedPause((BooleanSupplier) answer[0], (IntSupplier) answer[1], (Runnable) answer[2]);
    }

    private record BorrowedPause(BooleanSupplier held, IntSupplier stoppedSoFar, Runnable end) implements HeldPause {
        @Override
        public boolean isHeld() {
            return held.getAsBoolean();
        }

        @Override
        public int stopped() {
            return stoppedSoFar.getAsInt();
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
