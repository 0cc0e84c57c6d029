package dev.checkrein.internal.bridge;

import java.util.function.Consumer;

/** A {@link Ladder} in JDK types, for {@link EngineProtocol}; null for the default one, which nearly all calls have. */
final class LadderProtocol {
    /** Where these stand; older copies do not say. */
    private static final int LISTENER = 5;

    private static final int TERMINAL = 6;

    private record ToldSteps(Consumer<Object[]> told, Object listener) implements Ladder.Steps {
        @Override
        public void reached(String rung, Thread thread, long nanos, String why, StackTraceElement[] stack) {
            told.accept(new Object[] {rung, thread, nanos, why, stack});
        }
    }

    private LadderProtocol() {}

    static Object[] say(Ladder ladder) {
        if (ladder == Ladder.DEFAULT) {
            return null;
        }
        Ladder.Steps steps = ladder.steps();
        Consumer<Object[]> told = steps == null
                ? null
                : step -> steps.reached(
                        (String) step[0], (Thread) step[1], (Long) step[2], (String) step[3], (StackTraceElement[])
                                step[4]);
        Object listener = steps == null ? null : steps.listener();
        return new Object[] {
            ladder.politeNanos(),
            ladder.firmNanos(),
            ladder.reportNanos(),
            ladder.forced(),
            told,
            listener,
            ladder.terminal()
        };
    }

    @SuppressWarnings("unchecked")
    static Ladder understand(Object[] said) {
        if (said == null) {
            return Ladder.DEFAULT;
        }
        Consumer<Object[]> told = (Consumer<Object[]>) said[4];
        Ladder.Steps steps = told == null ? null : new ToldSteps(told, said.length > LISTENER ? said[LISTENER] : told);
        Consumer<String> terminal = said.length > TERMINAL ? (Consumer<String>) said[TERMINAL] : null;
        return new Ladder((Long) said[0], (Long) said[1], (Long) said[2], (Boolean) said[3], steps, terminal);
    }
}
