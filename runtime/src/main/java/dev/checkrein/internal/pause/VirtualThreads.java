package dev.checkrein.internal.pause;

/** Tells them from others on a JDK that may not have any. */
public final class VirtualThreads {
    private VirtualThreads() {}

    /** Whether a thread is one. Their classes are not public, and there is no method to ask before JDK 21. */
    public static boolean contain(Thread thread) {
        Class<?> type = thread.getClass();
        return type != Thread.class
                && type.getClassLoader() == null
                && type.getName().startsWith("java.lang.")
                && type.getName().contains("VirtualThread");
    }
}
