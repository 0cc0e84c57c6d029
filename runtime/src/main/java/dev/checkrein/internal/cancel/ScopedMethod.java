package dev.checkrein.internal.cancel;

/**
 * A method each of whose calls is a call of a scope, without a line of code in the application.
 *
 * @param scopeName what messages call the scope, and what it is found by
 * @param className with dots
 * @param method its name
 * @param descriptor of the method, as in class files
 * @param deadlineNanos for each call, as {@code Engine.enter} has it
 * @param throwsTimeout whether it declares that it may throw a {@code TimeoutException}
 */
public record ScopedMethod(
        String scopeName,
        String className,
        String method,
        String descriptor,
        long deadlineNanos,
        boolean throwsTimeout) {
    /** Whether a frame is of that method, or of one with the same name. */
    boolean isIn(String otherClass, String otherMethod) {
        return method.equals(otherMethod) && className.equals(otherClass);
    }
}
