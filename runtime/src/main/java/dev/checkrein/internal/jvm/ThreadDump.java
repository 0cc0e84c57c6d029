package dev.checkrein.internal.jvm;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;

/**
 * What all platform threads of this JVM are doing, in words. To look at them the JVM stops them all for a moment; who owns which lock of
 * {@code java.util.concurrent} is told only where somebody waits for it, because for the rest it would have to search the heap.
 */
public final class ThreadDump {
    private static final String FRAME = "\tat ";

    private final StringBuilder text = new StringBuilder();

    private ThreadDump() {}

    /** With the locks that threads hold and wait for, where the JVM has the module {@code java.management}. */
    public static String ofAllThreads() {
        ThreadDump dump = new ThreadDump();
        try {
            for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, false)) {
                dump.add(thread);
            }
        } catch (LinkageError noSuchModule) {
            Thread.getAllStackTraces().forEach(dump::add);
        }
        return dump.text.toString();
    }

    private void line(Object... words) {
        for (Object word : words) {
            text.append(word);
        }
        text.append(System.lineSeparator());
    }

    private void add(Thread thread, StackTraceElement[] stack) {
        line('"', thread.getName(), thread.isDaemon() ? "\" daemon " : "\" ", thread.getState());
        for (StackTraceElement frame : stack) {
            line(FRAME, frame);
        }
        line();
    }

    private void add(ThreadInfo thread) {
        line(
                '"',
                thread.getThreadName(),
                "\" #",
                thread.getThreadId(),
                thread.isDaemon() ? " daemon " : " ",
                thread.getThreadState());
        StackTraceElement[] stack = thread.getStackTrace();
        for (int i = 0; i < stack.length; i++) {
            line(FRAME, stack[i]);
            if (i == 0 && thread.getLockInfo() != null) {
                line("\t- waiting for ", thread.getLockInfo(), owner(thread));
            }
            for (MonitorInfo monitor : thread.getLockedMonitors()) {
                if (monitor.getLockedStackDepth() == i) {
                    line("\t- locked ", monitor);
                }
            }
        }
        line();
    }

    private static String owner(ThreadInfo thread) {
        return thread.getLockOwnerName() == null
                ? ""
                : ", held by \"" + thread.getLockOwnerName() + "\" #" + thread.getLockOwnerId();
    }
}
