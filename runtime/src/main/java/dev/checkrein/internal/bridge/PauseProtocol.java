package dev.checkrein.internal.bridge;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/** How {@link Engine#pause} crosses class loaders: see {@link EngineProtocol}. */
final class PauseProtocol {
    static {
        rehearse();
    }

    private PauseProtocol() {}

    /** Links and loads what comes when threads have stopped: one of them may hold a lock that this takes. */
    private static void rehearse() {
        HeldPause pause = borrowed(published(new NoPause()));
        if (!pause.isHeld() && pause.stopped() == 0) {
            pause.close();
        }
    }

    private record NoPause() implements HeldPause {
        @Override
        public boolean isHeld() {
            return false;
        }

        @Override
        public int stopped() {
            return 0;
        }

        @Override
        public void close() {}
    }

    static Object[] ask(PauseOrder order) {
        return new Object[] {
            order.reason(), order.priority(), order.limitNanos(), order.leaseNanos(), order.selected(), order.orRefuse()
        };
    }

    @SuppressWarnings("unchecked")
    private static PauseOrder order(Object[] asked) {
        return new PauseOrder(
                (String) asked[0],
                (Integer) asked[1],
                (Long) asked[2],
                (Long) asked[3],
                (Predicate<Thread>) asked[4],
                (Boolean) asked[5]);
    }

    /** Null for a refusal; a message and stacks for threads that were late; or what the held pause can do. */
    static Object[] answer(Engine engine, Object[] asked) {
        try {
            HeldPause pause = engine.pause(order(asked));
            return pause == null ? null : published(pause);
        } catch (ThreadsLateException e) {
            return late(e);
        }
    }

    private static Object[] published(HeldPause pause) {
        BooleanSupplier held = pause::isHeld;
        IntSupplier stopped = pause::stopped;
        Runnable close = pause::close;
        return new Object[] {held, stopped, close};
    }

    static HeldPause understand(Object[] answer) throws ThreadsLateException {
        if (answer == null) {
            return null;
        }
        throwIfLate(answer);
        return borrowed(answer);
    }

    private static HeldPause borrowed(Object[] published) {
        return new BorrowedPause((BooleanSupplier) published[0], (IntSupplier) published[1], (Runnable) published[2]);
    }

    /** A number; or as for a pause. */
    @SuppressWarnings("unchecked")
    static Object answerHandshake(Engine engine, Object[] asked) {
        try {
            return engine.handshake(order((Object[]) asked[0]), (ObjLongConsumer<Thread>) asked[1]);
        } catch (ThreadsLateException e) {
            return late(e);
        }
    }

    static int understandHandshake(Object answer) throws ThreadsLateException {
        if (answer instanceof Object[] late) {
            throwIfLate(late);
        }
        return (Integer) answer;
    }

    private static Object[] late(ThreadsLateException e) {
        return new Object[] {e.getMessage(), e.late()};
    }

    @SuppressWarnings("unchecked")
    private static void throwIfLate(Object[] answer) throws ThreadsLateException {
        if (answer[0] instanceof String message) {
            throw new ThreadsLateException(message, (Map<Thread, StackTraceElement[]>) answer[1]);
        }
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
