package dev.checkrein.junit5;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Which limit is meant: the annotation that is nearest, or the configuration parameter where there is none. */
final class NearestLimit {
    private NearestLimit() {}

    /** Of a dynamic test, or of a whole class: from the innermost element of the context outwards. */
    static Optional<TimeLimit> of(ExtensionContext context) {
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            Optional<TimeLimit> limit = at.get().getElement().flatMap(NearestLimit::on);
            if (limit.isPresent()) {
                return limit;
            }
        }
        return configured(context);
    }

    /** Of a method: its own, or that of the classes around it. A lifecycle method does not take that of the test it runs for. */
    static Optional<TimeLimit> of(Method method, ExtensionContext context) {
        return on(method).or(() -> of(classContext(context)));
    }

    private static ExtensionContext classContext(ExtensionContext context) {
        ExtensionContext at = context;
        while (at.getElement().filter(Class.class::isInstance).isEmpty()) {
            at = at.getParent().orElseThrow();
        }
        return at;
    }

    private static Optional<TimeLimit> on(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, CancelAfter.class)
                .map(annotation -> TimeLimit.parse(
                        annotation.value(), "@CancelAfter(\"" + annotation.value() + "\") on " + name(element)));
    }

    private static String name(AnnotatedElement element) {
        return element instanceof Method method
                ? "method " + method.getDeclaringClass().getName() + "." + method.getName()
                : "class " + ((Class<?>) element).getName();
    }

    private static Optional<TimeLimit> configured(ExtensionContext context) {
        return context.getConfigurationParameter(CancelAfterExtension.PARAMETER)
                .map(value -> TimeLimit.parse(
                        value, "the configuration parameter " + CancelAfterExtension.PARAMETER + "=" + value));
    }
}
