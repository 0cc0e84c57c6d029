package dev.checkrein.agent.rewrite;

import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What the rewriter is asked for.
 *
 * @param kinds where to poll; {@link PollKind#RETURN} is always added
 * @param elide whether to leave out polls that another one, or the shape of the code, makes superfluous
 * @param rewritten which classes, by internal name, are rewritten too: calls to others may block unseen
 * @param stubs the class whose methods a class polls by, both by internal name; {@link PollKind#RETURN} polls are always those
 *     of {@link PollKind#STUB}
 * @param scopes which methods get scopes around their calls
 * @param shields which methods, by the internal name of their class and by their own, shield: the thread polls when it comes back
 */
public record RewriteOptions(
        Set<PollKind> kinds,
        boolean elide,
        Predicate<String> rewritten,
        UnaryOperator<String> stubs,
        ScopeTable scopes,
        BiPredicate<String, String> shields) {
    /** With {@link PollKind#STUB} for all classes, and no scopes. */
    public RewriteOptions(Set<PollKind> kinds, boolean elide, Predicate<String> rewritten) {
        this(kinds, elide, rewritten, className -> PollKind.STUB, ScopeTable.NONE, (owner, method) -> false);
    }

    /** Copies the set. */
    public RewriteOptions {
        kinds = Set.copyOf(kinds);
    }

    /** The same for classes that poll nowhere but at {@link PollKind#RETURN}. */
    public RewriteOptions withoutPolls() {
        return new RewriteOptions(Set.of(), elide, rewritten, stubs, scopes, shields);
    }

    boolean wants(PollKind kind) {
        return kinds.contains(kind);
    }
}
