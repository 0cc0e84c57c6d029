package dev.checkrein.internal.cancel;

/**
 * The stack of a thread that does not get anywhere, looked at from outside before it is interrupted. Taken only of threads
 * that are to end and have not polled.
 */
final class BlockedStack {
    private final StackTraceElement[] frames;

    private BlockedStack(StackTraceElement[] frames) {
        this.frames = frames;
    }

    static BlockedStack of(Thread thread) {
        return new BlockedStack(thread.getStackTrace());
    }

    /**
     * Whether an interrupt does good and no harm: it must not end the initialisation of a class, which would never work
     * again, or tear a class loader. A thread that counts as running is in native code, and an interrupt helps only in the
     * network; in a file it would close the file.
     *
     * @param waiting whether the thread counts as waiting
     * @param depth how many calls of scopes are around the one to end
     */
    boolean mayBeInterrupted(boolean waiting, int depth) {
        return (waiting || isInNetwork()) && !isShielded(depth);
    }

    private boolean isInNetwork() {
        return frames.length > 0
                && frames[0].getClassName().startsWith("sun.nio.ch.")
                && !frames[0].getClassName().contains("File");
    }

    private boolean isShielded(int depth) {
        int boundaries = 0;
        for (int i = frames.length - 1; i >= 0; i--) {
            if (Shields.isBoundary(frames[i].getClassName(), frames[i].getMethodName())) {
                boundaries++;
            } else if (boundaries > depth
                    && (frames[i].getMethodName().equals("<clinit>")
                            || frames[i].getClassName().equals("java.lang.ClassLoader"))) {
                return true;
            }
        }
        return false;
    }
}
