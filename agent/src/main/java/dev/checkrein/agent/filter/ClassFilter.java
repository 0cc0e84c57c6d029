package dev.checkrein.agent.filter;

import java.util.List;

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
        if (NeverRewritten.matches(className)) {
            return false;
        }
        return included(className, JdkClasses.contain(module, loader)) && !matchesAny(exclude, className);
    }

    /**
     * Whether a class of this name would be rewritten, as far as the name tells.
     *
     * @param className with dots
     */
    public boolean includesByName(String className) {
        return !NeverRewritten.matches(className)
                && included(className, JdkClasses.mayContain(className))
                && !matchesAny(exclude, className);
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
