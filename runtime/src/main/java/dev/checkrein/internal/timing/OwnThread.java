package dev.checkrein.internal.timing;

/** A thread of Checkrein's own: it inherits nothing from the application, and its polls do nothing. */
public final class OwnThread extends Thread {
    private OwnThread(ThreadGroup group, Runnable work, String name) {
        super(group, work, name, 0, false);
    }

    /** Not started yet. Inherits nothing from the application thread that happened to need it first. */
    public static OwnThread daemon(Runnable work, String name) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        OwnThread thread = new OwnThread(group, work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}
