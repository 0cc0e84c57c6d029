package dev.checkrein.internal.cancel;

/** A call of a method that is a call of a scope: what the {@link ScopeCall} is tagged with. In the list of {@link ImplicitScopes}. */
final class ImplicitCall {
    final ScopedMethod method;
    final long startedAt = System.nanoTime();

    /** Set before anybody else knows of this. */
    ScopeCall call;

    /** Theirs to guard. */
    ImplicitCall previous = this;

    ImplicitCall next = this;

    ImplicitCall(ScopedMethod method) {
        this.method = method;
    }
}
