package dev.checkrein.junit5;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs tests and lifecycle methods within the limits that {@link CancelAfter} describes. Comes with that annotation; JUnit also
 * finds it by itself where {@code junit.jupiter.extensions.autodetection.enabled} is {@code true}. Thread-safe.
 */
public final class CancelAfterExtension implements InvocationInterceptor, BeforeAllCallback {
    /** The configuration parameter with the limit for all that has no annotation. */
    public static final String PARAMETER = "checkrein.junit.cancel-after";

    /** For JUnit, which makes one itself. */
    public CancelAfterExtension() {}

    /** Reads the limit of the whole class: if it is invalid, the class fails once and not with each of its tests. */
    @Override
    public void beforeAll(ExtensionContext context) {
        NearestLimit.of(context);
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        return run(invocation, method, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        Optional<TimeLimit> limit = NearestLimit.of(context);
        if (limit.isEmpty()) {
            invocation.proceed();
        } else {
            LimitedCall.run(invocation, factoryOf(context) + " [" + context.getDisplayName() + "]", limit.get());
        }
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context);
    }

    private static <T> T run(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Optional<TimeLimit> limit = NearestLimit.of(method.getExecutable(), context);
        if (limit.isEmpty()) {
            return invocation.proceed();
        }
        String name = name(context.getRequiredTestClass(), method.getExecutable());
        return LimitedCall.run(invocation, name + detail(method.getExecutable(), context), limit.get());
    }

    /** With the class it is run for, which may have inherited it. */
    private static String name(Class<?> testClass, Method method) {
        return testClass.getName() + "." + signature(method);
    }

    /** The same as JUnit displays, unless told otherwise. */
    private static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    /** Which turn of a template it is, or which test a lifecycle method is run for. */
    private static String detail(Method method, ExtensionContext context) {
        boolean forWholeClass = context.getTestMethod().isEmpty();
        return forWholeClass || context.getDisplayName().equals(signature(method))
                ? ""
                : " [" + context.getDisplayName() + "]";
    }

    private static String factoryOf(ExtensionContext context) {
        ExtensionContext at = context;
        while (at.getTestMethod().isEmpty() || at.getTestClass().isEmpty()) {
            at = at.getParent().orElseThrow();
        }
        return name(at.getRequiredTestClass(), at.getRequiredTestMethod());
    }
}
