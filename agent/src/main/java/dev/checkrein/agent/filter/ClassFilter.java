package dev.checkrein.agent.filter;

import java.util.List;
import java.util.Optional;

/** Which classes are rewritten. Decided by name, module and loader alone, before a class file is parsed. Immutable. */
public final class ClassFilter {
    private final List<ClassPattern> include;
    private final List<ClassPattern> exclude;

    public ClassFilter(List<ClassPattern> include, List<ClassPattern> exclude) {
        this.include = List.copyOf(include);
        this.exclude = List.copyOf(exclude);
    }

    /**
     * Whether a class is to be rewritten.
     *
     * @param className with dots
     * @param loader null for the boot loader
     */
    public boolean selects(String className, Module module, ClassLoader loader) {
        return selects(className, JdkClasses.contain(module, loader));
    }

    /**
     * Whether a class is to be rewritten.
     *
     * @param className with dots
     * @param jdk whether it belongs to the JDK
     */
    public boolean selects(String className, boolean jdk) {
        return wanted(className, jdk) && !NeverRewritten.matches(className); // most of a JVM's classes are not wanted
    }

    /** Why a class is not rewritten although the options ask for it; empty if they do not, or if it is. */
    public Optional<String> refusal(String className, boolean jdk) {
        return wanted(className, jdk) ? NeverRewritten.reason(className) : Optional.empty();
    }

    /**
     * Whether a class of this name would be rewritten, as far as the name tells.
     *
     * @param className with dots
     */
    public boolean includesByName(String className) {
        return selects(className, JdkClasses.mayContain(className));
    }

    private boolean wanted(String className, boolean jdk) {
        return included(className, jdk) && !matchesAny(exclude, className);
    }

    private boolean included(String className, boolean jdk) {
        for (ClassPattern pattern : include) {
            if ((!jdk || pattern.meansJdk()) && pattern.matches(className)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAny(List<ClassPattern> patterns, String className) {
        for (ClassPattern pattern : patterns) {
            if (pattern.matches(className)) {
                return true;
            }
        }
        return false;
    }
}
