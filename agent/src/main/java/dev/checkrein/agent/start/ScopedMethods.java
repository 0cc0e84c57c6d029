package dev.checkrein.agent.start;

import dev.checkrein.agent.filter.ClassFilter;
import dev.checkrein.agent.options.ScopePattern;
import dev.checkrein.agent.rewrite.ScopeTable;
import dev.checkrein.internal.bridge.Engine;
import dev.checkrein.internal.cancel.ScopedMethod;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The methods that the option {@code scope} names, as they are met. Known by their names alone: a class of the same name under
 * another loader has the same, and none is forgotten. Thread-safe.
 */
final class ScopedMethods implements ScopeTable {
    private final List<ScopePattern> patterns;
    private final ClassFilter classes;

    /** By class, name and descriptor. Guarded by the monitor. */
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Replaced when there is another; read by methods that begin. */
    private volatile ScopedMethod[] methods = {};

    ScopedMethods(List<ScopePattern> patterns) {
        this.patterns = patterns;
        this.classes = new ClassFilter(
                patterns.stream().map(pattern -> pattern.methods().classes()).toList(), List.of());
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether some method of the class may have one. */
    boolean select(String className, Module module, ClassLoader loader) {
        return !patterns.isEmpty() && classes.selects(className, module, loader);
    }

    @Override
    public boolean contains(String className, String method) {
        return matching(className, method) != null;
    }

    @Override
    public Optional<String> onlyMethodOf(String className) {
        for (ScopePattern pattern : patterns) {
            Optional<String> method = pattern.methods().onlyMethodOf(className);
            if (method.isPresent()) {
                return method;
            }
        }
        return Optional.empty();
    }

    /** The first that matches; null if none does. */
    private ScopePattern matching(String className, String method) {
        for (ScopePattern pattern : patterns) {
            if (pattern.methods().matches(className, method)) {
                return pattern;
            }
        }
        return null;
    }

    @Override
    public synchronized int number(String className, String method, String descriptor, boolean throwsTimeout) {
        String key = className + '#' + method + descriptor;
        Integer known = numbers.get(key);
        int number = known != null ? known : methods.length;
        ScopedMethod[] all = known != null ? methods.clone() : Arrays.copyOf(methods, number + 1);
        long deadline =
                matching(className, method).deadline().map(Duration::toNanos).orElse(Engine.NO_DEADLINE);
        all[number] =
                new ScopedMethod(className + '#' + method, className, method, descriptor, deadline, throwsTimeout);
        methods = all;
        numbers.put(key, number);
        return number;
    }

    /** The one with this number. */
    ScopedMethod get(int number) {
        return methods[number];
    }
}
