package dev.checkrein.it.corpus;

import dev.checkrein.it.harness.Products;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The rewriter as it is in the agent's jar: reached across a class loader, by reflection. */
final class AgentRewriter {
    private static final String PACKAGE = "dev.checkrein.agent.rewrite.";

    /**
     * What became of a class.
     *
     * @param classFile null if it stays as it was
     * @param leftAlone reasons by method or class
     */
    record Result(byte[] classFile, Map<String, Integer> polls, Map<String, String> leftAlone) {}

    private final MethodHandle rewrite;
    private final MethodHandle classFile;
    private final MethodHandle polls;
    private final MethodHandle leftAlone;
    private final MethodHandle what;
    private final MethodHandle reason;

    /** @param rewritten which classes, by internal name, are rewritten */
    AgentRewriter(Predicate<String> rewritten) throws ReflectiveOperationException {
        URL[] jar = {url()};
        @SuppressWarnings("resource") // lives as long as the JVM
        ClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader());
        Class<?> kind = loader.loadClass(PACKAGE + "PollKind");
        Class<?> options = loader.loadClass(PACKAGE + "RewriteOptions");
        Class<?> rewriter = loader.loadClass(PACKAGE + "ClassRewriter");
        Constructor<?> newOptions = options.getConstructor(Set.class, boolean.class, Predicate.class);
        Object given = newOptions.newInstance(Set.of(kind.getEnumConstants()), true, rewritten);
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Method method = rewriter.getMethod("rewrite", byte[].class);
        rewrite =
                lookup.unreflect(method).bindTo(rewriter.getConstructor(options).newInstance(given));
        Class<?> result = loader.loadClass(PACKAGE + "Rewriting");
        classFile = lookup.unreflect(result.getMethod("classFile"));
        polls = lookup.unreflect(result.getMethod("polls"));
        leftAlone = lookup.unreflect(result.getMethod("leftAlone"));
        Class<?> left = loader.loadClass(PACKAGE + "Rewriting$LeftAlone");
        what = lookup.unreflect(left.getMethod("what"));
        reason = lookup.unreflect(left.getMethod("reason"));
    }

    private static URL url() {
        try {
            return Products.agentJar().toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rewrites a class; one that the rewriter throws at is left alone, as the agent would. */
    Result rewrite(String name, byte[] original) {
        try {
            Object result = rewrite.invoke(original);
            Map<String, Integer> counts = new LinkedHashMap<>();
            ((Map<?, ?>) polls.invoke(result)).forEach((kind, count) -> counts.put("" + kind, (Integer) count));
            Map<String, String> reasons = new LinkedHashMap<>();
            for (Object left : new ArrayList<>((List<?>) leftAlone.invoke(result))) {
                reasons.put((String) what.invoke(left), (String) reason.invoke(left));
            }
            return new Result((byte[]) classFile.invoke(result), counts, reasons);
        } catch (RuntimeException e) {
            return new Result(null, Map.of(), Map.of(name, "cannot be parsed: " + e));
        } catch (Throwable e) {
            throw new AssertionError(name, e);
        }
    }
}
