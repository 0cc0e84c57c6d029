package dev.checkrein.agent.jvm;

import java.lang.instrument.Instrumentation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Which garbage collector this JVM has, as far as it matters: with Serial and Parallel the JIT leaves its own safepoint polls out
 * of counted loops. A request to stop the JVM, for a changed class or a changed call site, then waits for the end of such a loop,
 * and every thread with it.
 */
public final class Collector {
    private Collector() {}

    /**
     * Whether the JVM can stop at any time. If in doubt it cannot.
     *
     * <p>Read from the JVM's performance counters, which are there before anything else is and take a millisecond or two: the
     * management classes take twenty, and applications mind when they are initialised.
     */
    public static boolean stopsCountedLoops(Instrumentation instrumentation) {
        try {
            Internals.export(instrumentation, "jdk.internal.perf");
            Class<?> perf = Class.forName("jdk.internal.perf.Perf");
            Object instance = perf.getMethod("getPerf").invoke(null);
            String counters = text((ByteBuffer) attach(perf, instance));
            boolean serial = counters.contains("Copy:MSC");
            boolean parallel = counters.contains("ParScav:MSC");
            return !serial && !parallel;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unknown) {
            return false; // with -XX:-UsePerfData, for one
        }
    }

    private static Object attach(Class<?> perf, Object instance) throws ReflectiveOperationException {
        int self = 0;
        try {
            return perf.getMethod("attach", int.class).invoke(instance, self);
        } catch (NoSuchMethodException older) {
            return perf.getMethod("attach", int.class, String.class).invoke(instance, self, "r");
        }
    }

    private static String text(ByteBuffer counters) {
        byte[] bytes = new byte[counters.capacity()];
        counters.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
