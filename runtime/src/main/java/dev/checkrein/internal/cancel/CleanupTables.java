package dev.checkrein.internal.cancel;

/** Knows which parts of rewritten methods clean up, or hold a monitor that the method has entered. Thread-safe; asked only when a thread is to be cancelled. */
@FunctionalInterface
public interface CleanupTables {
    /** Of code that nobody has rewritten. */
    CleanupTables NONE = (declaring, method, descriptor, position) -> false;

    /**
     * Whether a frame stands in such code.
     *
     * @param descriptor of the method, as in class files
     * @param position of the instruction it is at, in bytes from the method's start
     */
    boolean cover(Class<?> declaring, String method, String descriptor, int position);

    /**
     * Whether nothing that such a method does may be torn, what it calls included.
     *
     * @param className with dots
     */
    default boolean shield(String className, String method) {
        return false;
    }

    /** Whether they tell all there is to tell of a class. */
    default boolean know(Class<?> declaring) {
        return true;
    }
}
