package dev.checkrein.agent.jvm;

import dev.checkrein.internal.cancel.MonitorView;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;

/** By the frames that the JDK has for itself, with what they hold. */
public final class LiveMonitors implements MonitorView {
    private static final String FRAMES = "java.lang.LiveStackFrame";

    private final StackWalker walker;

    /** From a frame to an {@code Object[]}. */
    private final MethodHandle monitors;

    private LiveMonitors(StackWalker walker, MethodHandle monitors) {
        this.walker = walker;
        this.monitors = monitors;
    }

    /** {@link MonitorView#NONE} if this JVM does not let an agent see them. */
    public static MonitorView of(Instrumentation instrumentation) {
        try {
            Internals.open(instrumentation, "java.lang");
            Class<?> frames = Class.forName(FRAMES, false, null);
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(frames, MethodHandles.lookup());
            StackWalker walker = (StackWalker)
                    lookup.findStatic(frames, "getStackWalker", MethodType.methodType(StackWalker.class, Set.class))
                            .invoke(Set.of(Option.RETAIN_CLASS_REFERENCE));
            MethodHandle monitors = lookup.findVirtual(frames, "getMonitors", MethodType.methodType(Object[].class));
            return new LiveMonitors(walker, monitors.asType(MethodType.methodType(Object[].class, StackFrame.class)));
        } catch (Throwable notHere) {
            return NONE;
        }
    }

    @Override
    public StackWalker walker() {
        return walker;
    }

    @Override
    public boolean holdsMonitor(StackFrame frame) {
        try {
            return ((Object[]) monitors.invokeExact(frame)).length > 0;
        } catch (Error | RuntimeException e) {
            throw e; // of the end of the stack, for one
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
