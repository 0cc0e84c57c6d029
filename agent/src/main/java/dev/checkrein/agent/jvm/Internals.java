package dev.checkrein.agent.jvm;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/** Access to packages of {@code java.base} that the JDK keeps to itself, for the agent's own class loader alone. */
public final class Internals {
    private Internals() {}

    /** Lets this module call what is public in a package. */
    static void export(Instrumentation instrumentation, String packageName) {
        Set<Module> self = Set.of(Internals.class.getModule());
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(packageName, self), Map.of(), Set.of(), Map.of());
    }

    /** Lets this module call everything in a package, by reflection. */
    public static void open(Instrumentation instrumentation, String packageName) {
        Set<Module> self = Set.of(Internals.class.getModule());
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of(packageName, self), Set.of(), Map.of());
    }
}
