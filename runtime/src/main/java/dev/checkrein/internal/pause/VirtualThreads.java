package dev.checkrein.internal.pause;

/** Tells them from others on a JDK that may not have any: their classes are not public, and there is no method to ask before 21. */
public final class VirtualThreads {
    private static final String CARRIER = "jdk.internal.misc.CarrierThread";
    private static final String VIRTUAL = "java.lang.VirtualThread";

    private static final String JDK_THREAD = "jdk.internal.misc.InnocuousThread";

    /** Names of what ends their waits for monitors, and up to 24 their timed ones. */
    private static final String UNBLOCKERS = "VirtualThread-un";

    private VirtualThreads() {}

    /** Whether a thread is one. */
    public static boolean contain(Thread thread) {
        Class<?> type = thread.getClass();
        return type != Thread.class
                && type.getClassLoader() == null
                && type.getName().startsWith("java.lang.")
                && type.getName().contains("VirtualThread");
    }

    /**
     * Whether a thread does nothing but carry virtual ones, which are looked at themselves, or have them carried. If it stood still at a
     * poll in the JDK's scheduler, none of them would get any further: not to the end of what they do here, nor to where their stack can be
     * had.
     */
    public static boolean areServedBy(Thread thread) {
        Class<?> type = thread.getClass();
        if (type == Thread.class || type.getClassLoader() != null) {
            return false;
        }
        String name = type.getName();
        return name.equals(CARRIER)
                || name.equals(JDK_THREAD) && thread.getName().startsWith(UNBLOCKERS);
    }

    /** Whether this innermost frame is of a virtual thread that waits, or waits for somebody to carry it. */
    static boolean isParking(StackTraceElement frame) {
        return frame.getClassName().equals(VIRTUAL);
    }
}
