package dev.checkrein.agent.filter;

import java.util.List;
import java.util.Optional;

/** Classes that no option can include, each with the reason. */
final class NeverRewritten {
    private record Rule(ClassPattern pattern, String reason) {}

    private static final List<Rule> RULES = List.of(
            rule("dev.checkrein.*", "the API runs between a call and its boundary, where nothing may be thrown"),
            rule("dev.checkrein.internal.**", "the runtime is what polls call"),
            rule("dev.checkrein.agent.**", "the agent rewrites the others"),
            rule("java.lang.*", "polls, the way into a call and the way out of it are made of it"),
            rule("java.lang.ref.**", "runs on the collector's threads, under its locks"),
            rule("java.lang.invoke.**", "links the very calls a poll may be made of"),
            rule("java.lang.instrument.**", "runs while classes are being rewritten"),
            rule("sun.instrument.**", "as java.lang.instrument"),
            rule("jdk.internal.**", "the JVM calls it at moments when no thread may stop"));

    private NeverRewritten() {}

    static boolean matches(String className) {
        for (int i = 0; i < RULES.size(); i++) {
            if (RULES.get(i).pattern.matches(className)) {
                return true;
            }
        }
        return false;
    }

    /** Why a class can never be rewritten; empty if it can. */
    static Optional<String> reason(String className) {
        for (Rule rule : RULES) {
            if (rule.pattern.matches(className)) {
                return Optional.of(rule.reason);
            }
        }
        return Optional.empty();
    }

    private static Rule rule(String pattern, String reason) {
        return new Rule(ClassPattern.parse(pattern), reason);
    }
}
