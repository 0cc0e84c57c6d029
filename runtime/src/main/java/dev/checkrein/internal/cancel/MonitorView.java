package dev.checkrein.internal.cancel;

import java.lang.StackWalker.StackFrame;

/** Sees which frames of the calling thread hold monitors, whatever code they run. Thread-safe. */
public interface MonitorView {
    /** Sees none. */
    MonitorView NONE = new MonitorView() {
        @Override
        public StackWalker walker() {
            return null;
        }

        @Override
        public boolean holdsMonitor(StackFrame frame) {
            return false;
        }
    };

    /** Walks frames that can be asked, which takes many times as long as other walks; null if this JVM has no such frames. */
    StackWalker walker();

    /** Whether the frame, one of those, holds a monitor. */
    boolean holdsMonitor(StackFrame frame);
}
