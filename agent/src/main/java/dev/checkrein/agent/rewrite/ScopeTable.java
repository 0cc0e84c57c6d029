package dev.checkrein.agent.rewrite;

import java.util.Optional;

/** Knows which methods are to have a scope around each of their calls. Thread-safe. */
public interface ScopeTable {
    /** No method. */
    ScopeTable NONE = new ScopeTable() {
        @Override
        public boolean contains(String className, String method) {
            return false;
        }

        @Override
        public Optional<String> onlyMethodOf(String className) {
            return Optional.empty();
        }

        @Override
        public int number(String className, String method, String descriptor, boolean throwsTimeout) {
            throw new UnsupportedOperationException("no method has a scope");
        }
    };

    /** @param className with dots */
    boolean contains(String className, String method);

    /** The method that the user has named in this very class, which is missed if it is not there. */
    Optional<String> onlyMethodOf(String className);

    /**
     * What a method that is contained gives at its entry to say which it is. The same for the same method, however often it is asked.
     *
     * @param throwsTimeout whether it declares that it may throw a {@code TimeoutException}
     */
    int number(String className, String method, String descriptor, boolean throwsTimeout);
}
