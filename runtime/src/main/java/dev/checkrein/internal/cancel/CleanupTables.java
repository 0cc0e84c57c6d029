package dev.checkrein.internal.cancel;

/** Knows which parts of rewritten methods clean up, or hold a monitor that the method has entered. Thread-safe; asked only when a thread is to be cancelled. */
@FunctionalInterface
public interface CleanupTables {
    /**
     * Whether a frame stands in such code.
     *
     * @param descriptor of the method, as in class files
     * @param position of the instruction it is at, in bytes from the method's start
     */
    boolean cover(Class<?> declaring, String method, String descriptor, int position);

    /** Whether they tell all there is to tell of a class. */
    default boolean know(Class<?> declaring) {
        return true;
    }
}
