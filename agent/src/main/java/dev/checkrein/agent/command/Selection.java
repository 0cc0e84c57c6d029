package dev.checkrein.agent.command;

import dev.checkrein.agent.filter.ClassFilter;
import dev.checkrein.agent.filter.ClassPattern;
import dev.checkrein.agent.options.Options;
import dev.checkrein.agent.rewrite.RewriteOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which classes of the input are rewritten. There are neither modules nor loaders yet to ask, as the agent does: what comes
 * from a jar or folder is the application's, what comes from the JDK is the JDK's.
 */
final class Selection {
    private final ClassFilter filter;
    private final boolean jdk;
    private final Predicate<String> rewritten;

    private Selection(ClassFilter filter, boolean jdk, Predicate<String> rewritten) {
        this.filter = filter;
        this.jdk = jdk;
        this.rewritten = rewritten;
    }

    /** As the options say to the agent. */
    static Selection byOptions(Options options, boolean jdk) {
        ClassFilter filter = new ClassFilter(options.include(), options.exclude());
        return new Selection(filter, jdk, internalName -> filter.includesByName(internalName.replace('/', '.')));
    }

    /** All of these modules except what is excluded: who names them need not include them as well. */
    static Selection everythingIn(ModuleSource modules, List<ClassPattern> exclude) {
        ClassFilter filter = new ClassFilter(List.of(ClassPattern.parse("**")), exclude);
        return new Selection(
                filter,
                false,
                internalName ->
                        modules.contains(internalName) && filter.selects(internalName.replace('/', '.'), false));
    }

    /** @param className with dots */
    boolean selects(String className) {
        return filter.selects(className, jdk);
    }

    /** Why a class is left alone that was asked for; empty if it was not, or if it is rewritten. */
    Optional<String> refusal(String className) {
        return filter.refusal(className, jdk);
    }

    RewriteOptions rewriteOptions(Options options) {
        return new RewriteOptions(options.polls(), options.elide(), rewritten);
    }
}
