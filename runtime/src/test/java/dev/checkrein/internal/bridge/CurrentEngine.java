package dev.checkrein.internal.bridge;

/** Puts an engine under this copy of the API for the length of a test. */
public final class CurrentEngine {
    private final Engine before = Engines.current;

    private CurrentEngine(Engine engine) {
        Engines.current = engine;
    }

    public static CurrentEngine is(Engine engine) {
        return new CurrentEngine(engine);
    }

    /** As in a JVM in which nothing has asked for it yet. */
    public static CurrentEngine isNotFoundYet() {
        return new CurrentEngine(null);
    }

    public void restore() {
        Engines.current = before;
    }
}
