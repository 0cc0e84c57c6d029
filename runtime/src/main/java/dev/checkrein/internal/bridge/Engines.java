package dev.checkrein.internal.bridge;

import dev.checkrein.internal.cancel.CancelEngine;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BiFunction;

/** Finds the engine this copy of the runtime works with: the owner's, or without an agent one that can only interrupt. */
public final class Engines {
    /** The class that the agent defines in {@code java.base}. The agent knows it by this name too. */
    public static final String STUB = "java.lang.CheckreinPoll";

    /** The stub's static method, without parameters, that returns what the owner published, or null. */
    public static final String STUB_OWNER = "owner";

    /** Not private for the tests, which put their own in. */
    static volatile Engine current;

    private Engines() {}

    /** The engine to use from now on. */
    public static Engine current() {
        Engine engine = current;
        return engine != null ? engine : find();
    }

    private static synchronized Engine find() {
        if (current == null) {
            current = ownersOrOwn();
        }
        return current;
    }

    private static Engine ownersOrOwn() {
        try {
            BiFunction<String, Object[], Object> published = published();
            if (published != null) {
                return EngineProtocol.borrow(published);
            }
            return CancelEngine.interruptOnly("polls are not installed in this JVM: a deadline or cancel can only "
                    + "interrupt. Start it with -javaagent:checkrein-agent.jar to end code that does not cooperate");
        } catch (IncompatibleOwnerException e) {
            return CancelEngine.interruptOnly(e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<String, Object[], Object> published() {
        try {
            Class<?> stub = Class.forName(STUB, false, null);
            return (BiFunction<String, Object[], Object>) MethodHandles.publicLookup()
                    .findStatic(stub, STUB_OWNER, MethodType.methodType(BiFunction.class))
                    .invoke();
        } catch (ClassNotFoundException noAgent) {
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException("the class " + STUB + " is not the one of Checkrein's agent", e);
        }
    }
}
