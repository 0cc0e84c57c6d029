package dev.checkrein.agent.rewrite;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What the rewriter is asked for.
 *
 * @param kinds where to poll; {@link PollKind#RETURN} is always added
 * @param elide whether to leave out polls that another one, or the shape of the code, makes superfluous
 * @param rewritten which classes, by internal name, are rewritten too: calls to others may block unseen
 */
public record RewriteOptions(Set<PollKind> kinds, boolean elide, Predicate<String> rewritten) {
    /** Copies the set. */
    public RewriteOptions {
        kinds = Set.copyOf(kinds);
    }

    boolean wants(PollKind kind) {
        return kinds.contains(kind);
    }
}
