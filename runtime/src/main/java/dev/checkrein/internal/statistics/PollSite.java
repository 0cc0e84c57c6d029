package dev.checkrein.internal.statistics;

import dev.checkrein.internal.bridge.Engines;
import java.util.Set;

/** Where a thread polls: its stack without what the poll leads to. */
public final class PollSite {
    /** What leads on from a poll, besides the stub: of the runtime, and of its API. */
    private static final String INTERNAL = "dev.checkrein.internal.";

    private static final Set<String> API =
            Set.of("dev.checkrein.SafepointCoordinator", "dev.checkrein.Worker", "dev.checkrein.Worker$Outside");

    private PollSite() {}

    /** Of a stack, innermost frame first, of a thread that is at a poll: from the method that polls on. Refers to no class. */
    public static StackTraceElement[] of(StackTraceElement[] stack) {
        int own = 0;
        while (own < stack.length && !isOfPolls(stack[own].getClassName())) {
            own++; // what it is parked in
        }
        while (own < stack.length && isOfPolls(stack[own].getClassName())) {
            own++;
        }
        StackTraceElement[] site = new StackTraceElement[stack.length - own];
        for (int i = 0; i < site.length; i++) {
            site[i] = copy(stack[own + i]);
        }
        return site;
    }

    private static boolean isOfPolls(String className) {
        return className.startsWith(INTERNAL) || className.startsWith(Engines.STUB) || API.contains(className);
    }

    /** One that the JVM has made may refer to the class. */
    private static StackTraceElement copy(StackTraceElement frame) {
        return new StackTraceElement(
                frame.getClassLoaderName(),
                frame.getModuleName(),
                frame.getModuleVersion(),
                frame.getClassName(),
                frame.getMethodName(),
                frame.getFileName(),
                frame.getLineNumber());
    }
}
