package dev.checkrein.internal.timing;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** A thread of Checkrein's own: it inherits nothing from the application, and its polls do nothing. */
public final class OwnThread extends Thread {
    private OwnThread(ThreadGroup group, Runnable work, String name) {
        super(group, work, name, 0, false);
    }

    /** Not started yet. Inherits nothing from the application thread that happened to need it first, or whoever is on its stack. */
    @SuppressWarnings(
            "removal") // up to JDK 23 a thread keeps the loaders of all classes on the stack that it is made on
    public static OwnThread daemon(Runnable work, String name) {
        return AccessController.doPrivileged((PrivilegedAction<OwnThread>) () -> make(work, name));
    }

    private static OwnThread make(Runnable work, String name) {
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
