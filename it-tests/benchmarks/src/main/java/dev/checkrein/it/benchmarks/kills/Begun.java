package dev.checkrein.it.benchmarks.kills;

/** How work tells that it has begun, whatever language it is in. One at a time in a JVM. */
public final class Begun {
    private static volatile Runnable told = () -> {};

    private Begun() {}

    static void tell(Runnable toRun) {
        told = toRun;
    }

    /** Called by the work. */
    public static void tell() {
        told.run();
    }
}
