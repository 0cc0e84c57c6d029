package dev.checkrein.agent.start;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites what was loaded before the agent could see it: JDK classes that the user included, and classes that were loaded
 * while a transformer was at work on the same thread, which the JVM offers to nobody.
 */
final class LoadedClasses {
    private LoadedClasses() {}

    static void rewrite(Instrumentation instrumentation, PollTransformer transformer, RewriteCounts counts) {
        List<Class<?>> selected = new ArrayList<>();
        for (Class<?> c : instrumentation.getAllLoadedClasses()) {
            if (!c.isArray()
                    && !c.isPrimitive()
                    && !c.isHidden()
                    && !c.getName().equals(SelfTest.SUBJECT)
                    && instrumentation.isModifiableClass(c)
                    && transformer.selects(c.getName(), c.getModule(), c.getClassLoader())) {
                selected.add(c);
            }
        }
        if (selected.isEmpty()) {
            return;
        }
        transformer.sweeping(true);
        try {
            instrumentation.retransformClasses(selected.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError oneOfThem) {
            for (Class<?> c : selected) {
                rewriteAlone(instrumentation, c, counts);
            }
        } finally {
            transformer.sweeping(false);
        }
    }

    private static void rewriteAlone(Instrumentation instrumentation, Class<?> c, RewriteCounts counts) {
        try {
            instrumentation.retransformClasses(c);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
            counts.leftAlone(c.getName(), "the JVM refuses to replace it: " + e);
        }
    }
}
