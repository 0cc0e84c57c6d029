package dev.checkrein.agent.filter;

import java.util.Optional;

/**
 * Methods by their class and name: a {@link ClassPattern}, {@code #}, and a name or {@code *} for all methods. Immutable.
 *
 * <p>Matching is written by hand for the reason that {@link ClassPattern} gives.
 */
public final class MethodPattern {
    private static final String ANY = "*";
    private static final String NOT_IN_NAMES = ".;[/<>*#@ ";

    private final ClassPattern classes;
    private final String method;

    private MethodPattern(ClassPattern classes, String method) {
        this.classes = classes;
        this.method = method;
    }

    /** @throws IllegalArgumentException if it is no pattern; the message says what one looks like */
    public static MethodPattern parse(String text) {
        int hash = text.indexOf('#');
        String method = text.substring(hash + 1).trim();
        if (hash < 0 || !method.equals(ANY) && !isName(method)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names no methods. Valid are a class pattern, # and a method's"
                            + " name or *, such as com.acme.*Servlet#service; constructors and class initialisers are not possible");
        }
        return new MethodPattern(ClassPattern.parse(text.substring(0, hash).trim()), method);
    }

    private static boolean isName(String method) {
        for (int i = 0; i < method.length(); i++) {
            if (NOT_IN_NAMES.indexOf(method.charAt(i)) >= 0) {
                return false;
            }
        }
        return !method.isEmpty();
    }

    /** Those that some method of is meant. */
    public ClassPattern classes() {
        return classes;
    }

    /** @param className with dots */
    public boolean matches(String className, String methodName) {
        return (method.equals(ANY) || method.equals(methodName)) && classes.matches(className);
    }

    /** The name of the one method that is meant, if just this class is. */
    public Optional<String> onlyMethodOf(String className) {
        boolean one = !method.equals(ANY) && classes.toString().equals(className);
        return one ? Optional.of(method) : Optional.empty();
    }

    /** Why no method of the class can be meant, if only one class is and it is never rewritten. */
    public Optional<String> refusal() {
        String name = classes.toString();
        return name.indexOf('*') >= 0 ? Optional.empty() : NeverRewritten.reason(name);
    }

    @Override
    public String toString() {
        return classes + "#" + method;
    }
}
