package dev.checkrein.internal.bridge;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * An {@link Engine} as a function from the name of an operation and its arguments to the result. It mentions JDK types
 * only, so that it can be called across class loaders; and it calls nothing but the engine and {@code java.lang} on the way,
 * because any other JDK method may be rewritten by the user's choice and then poll.
 */
public final class EngineProtocol {
    /** Raised when an operation changes its meaning. Adding one does not raise it. */
    static final int VERSION = 1;

    private static final String PROTOCOL = "protocol";
    private static final String ENTER = "enter";
    private static final String ENTER_WITHIN = "enterWithin";
    private static final String BUDGETS = "budgets";
    private static final String CANCEL = "cancel";
    private static final String SCOPES = "scopes";
    private static final String EXIT = "exit";
    private static final String ENTER_SHIELD = "enterShield";
    private static final String EXIT_SHIELD = "exitShield";
    private static final String CANCEL_THREAD = "cancelThread";
    private static final String TAKE_BACK = "takeBack";
    private static final String IS_OVER = "isOver";
    private static final String CANCEL_LOADER = "cancelLoader";
    private static final String IS_REQUESTED = "isRequested";
    private static final String IS_ANY_REQUESTED = "isAnyRequested";
    private static final String PAUSE = "pause";
    private static final String HANDSHAKE = "handshake";
    private static final String PAUSE_STATS = "pauseStats";
    private static final String RESET_PAUSE_STATS = "resetPauseStats";
    private static final String STATUS = "status";
    private static final String POLL_TIME = "pollTime";

    private EngineProtocol() {}

    /** What the owner publishes. */
    public static BiFunction<String, Object[], Object> publish(Engine engine) {
        return (operation, arguments) -> answer(engine, operation, arguments);
    }

    /**
     * Operations are told apart by identity: literals are the same object in every class loader, and comparing them calls
     * nothing.
     */
    @SuppressWarnings("unchecked")
    private static Object answer(Engine engine, String operation, Object[] arguments) {
        if (operation == ENTER) {
            return engine.enter(
                    arguments[0],
                    (String) arguments[1],
                    (Long) arguments[2],
                    LadderProtocol.understand((Object[]) arguments[3]),
                    (BiFunction<String, Throwable, Error>) arguments[4]);
        }
        if (operation == EXIT) {
            EndRequest request = engine.exit(arguments[0]);
            return request == null
                    ? null
                    : new Object[] {request.kind() == EndRequest.Kind.DEADLINE, request.message()};
        }
        if (operation == CANCEL) {
            engine.cancel(arguments[0], (String) arguments[1]);
            return null;
        }
        if (operation == ENTER_SHIELD) {
            return engine.enterShield();
        }
        if (operation == EXIT_SHIELD) {
            engine.exitShield(arguments[0]);
            return null;
        }
        if (operation == IS_REQUESTED) {
            return engine.isRequested(arguments[0]);
        }
        if (operation == IS_ANY_REQUESTED) {
            return engine.isAnyRequested();
        }
        if (operation == PAUSE) {
            return PauseProtocol.answer(engine, arguments);
        }
        if (operation == HANDSHAKE) {
            return PauseProtocol.answerHandshake(engine, arguments);
        }
        if (operation == PAUSE_STATS) {
            return engine.pauseStats();
        }
        if (operation == RESET_PAUSE_STATS) {
            engine.resetPauseStats();
            return null;
        }
        if (operation == STATUS) {
            return engine.status();
        }
        if (operation == POLL_TIME) {
            return engine.pollTime();
        }
        if (operation == ENTER_WITHIN) {
            return answerEnterWithin(engine, arguments);
        }
        if (operation == BUDGETS) {
            return engine.budgets();
        }
        if (operation == CANCEL_THREAD) {
            return engine.cancelThread(
                    (Thread) arguments[0],
                    (String) arguments[1],
                    LadderProtocol.understand((Object[]) arguments[2]),
                    (BiFunction<String, Throwable, Error>) arguments[3]);
        }
        if (operation == TAKE_BACK) {
            engine.takeBack(arguments[0]);
            return null;
        }
        if (operation == IS_OVER) {
            return engine.isOver(arguments[0]);
        }
        if (operation == CANCEL_LOADER) {
            engine.cancelLoader(
                    (ClassLoader) arguments[0],
                    (String) arguments[1],
                    LadderProtocol.understand((Object[]) arguments[2]),
                    (BiFunction<String, Throwable, Error>) arguments[3]);
            return null;
        }
        if (operation == SCOPES) {
            return engine.scopes();
        }
        if (operation == PROTOCOL) {
            return VERSION;
        }
        throw new UnsupportedOperationException(
                "Checkrein's owner in this JVM does not know the operation \"" + operation + "\"");
    }

    @SuppressWarnings("unchecked")
    private static Object answerEnterWithin(Engine engine, Object[] arguments) {
        long[] limits = (long[]) arguments[2];
        return engine.enterWithin(
                arguments[0],
                (String) arguments[1],
                new CallLimits(limits[0], limits[1], limits[2], arguments[3]),
                LadderProtocol.understand((Object[]) arguments[4]),
                (BiFunction<String, Throwable, Error>) arguments[5]);
    }

    /**
     * What another copy makes of it.
     *
     * @throws IncompatibleOwnerException if the two speak different versions; the message names both jars
     */
    static Engine borrow(BiFunction<String, Object[], Object> published) throws IncompatibleOwnerException {
        Object version = published.apply(PROTOCOL, new Object[0]);
        Engine engine = new BorrowedEngine(published);
        if (!Integer.valueOf(VERSION).equals(version)) {
            throw new IncompatibleOwnerException(engine.status(), version);
        }
        return engine;
    }

    private record BorrowedEngine(BiFunction<String, Object[], Object> owner) implements Engine {
        @Override
        public Object enter(
                Object tag,
                String scopeName,
                long deadlineNanos,
                Ladder ladder,
                BiFunction<String, Throwable, Error> errors) {
            return owner.apply(ENTER, new Object[] {tag, scopeName, deadlineNanos, LadderProtocol.say(ladder), errors});
        }

        @Override
        public Object enterShield() {
            return owner.apply(ENTER_SHIELD, new Object[0]);
        }

        @Override
        public void exitShield(Object entered) {
            owner.apply(EXIT_SHIELD, new Object[] {entered});
        }

        @Override
        public Object enterWithin(
                Object tag,
                String scopeName,
                CallLimits limits,
                Ladder ladder,
                BiFunction<String, Throwable, Error> errors) {
            long[] numbers = {limits.deadlineNanos(), limits.cpuNanos(), limits.bytes()};
            return owner.apply(
                    ENTER_WITHIN,
                    new Object[] {tag, scopeName, numbers, limits.startedIn(), LadderProtocol.say(ladder), errors});
        }

        @Override
        public Object budgets() {
            try {
                return owner.apply(BUDGETS, new Object[0]);
            } catch (UnsupportedOperationException olderOwner) {
                return null; // and so there are none
            }
        }

        @Override
        public void cancel(Object call, String why) {
            owner.apply(CANCEL, new Object[] {call, why});
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<Object[]> scopes() {
            try {
                return (List<Object[]>) owner.apply(SCOPES, new Object[0]);
            } catch (UnsupportedOperationException olderOwner) {
                return List.of();
            }
        }

        @Override
        public Consumer<String> canceller(Object call) {
            Object[] arguments = {call, null};
            return why -> {
                arguments[1] = why;
                owner.apply(CANCEL, arguments);
            };
        }

        @Override
        public EndRequest exit(Object call) {
            Object[] request = (Object[]) owner.apply(EXIT, new Object[] {call});
            if (request == null) {
                return null;
            }
            EndRequest.Kind kind = request[0] == Boolean.TRUE ? EndRequest.Kind.DEADLINE : EndRequest.Kind.CANCEL;
            return new EndRequest(kind, (String) request[1]);
        }

        @Override
        public Object cancelThread(
                Thread thread, String why, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
            return owner.apply(CANCEL_THREAD, new Object[] {thread, why, LadderProtocol.say(ladder), errors});
        }

        @Override
        public void takeBack(Object cancelledThread) {
            owner.apply(TAKE_BACK, new Object[] {cancelledThread});
        }

        @Override
        public boolean isOver(Object cancelledThread) {
            return (Boolean) owner.apply(IS_OVER, new Object[] {cancelledThread});
        }

        @Override
        public void cancelLoader(
                ClassLoader loader, String why, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
            owner.apply(CANCEL_LOADER, new Object[] {loader, why, LadderProtocol.say(ladder), errors});
        }

        @Override
        public boolean isRequested(Object tag) {
            return (Boolean) owner.apply(IS_REQUESTED, new Object[] {tag});
        }

        @Override
        public boolean isAnyRequested() {
            try {
                return (Boolean) owner.apply(IS_ANY_REQUESTED, new Object[0]);
            } catch (UnsupportedOperationException olderOwner) {
                return false; // it does not tell
            }
        }

        @Override
        public HeldPause pause(PauseOrder order) throws ThreadsLateException {
            return PauseProtocol.understand((Object[]) owner.apply(PAUSE, PauseProtocol.ask(order)));
        }

        @Override
        public int handshake(PauseOrder order, ObjLongConsumer<Thread> action) throws ThreadsLateException {
            return PauseProtocol.understandHandshake(
                    owner.apply(HANDSHAKE, new Object[] {PauseProtocol.ask(order), action}));
        }

        @Override
        @SuppressWarnings("unchecked")
        public Map<String, Object> pauseStats() {
            return (Map<String, Object>) owner.apply(PAUSE_STATS, new Object[0]);
        }

        @Override
        public void resetPauseStats() {
            owner.apply(RESET_PAUSE_STATS, new Object[0]);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Map<String, Long> pollTime() {
            return (Map<String, Long>) owner.apply(POLL_TIME, new Object[0]);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Map<String, Object> status() {
            return (Map<String, Object>) owner.apply(STATUS, new Object[0]);
        }
    }
}
