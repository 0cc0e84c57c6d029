package dev.checkrein.agent.jvm;

import dev.checkrein.internal.pause.VirtualThreads;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All threads of this JVM, as the JDK lists them for itself: without taking their stacks. Thread-safe. */
public final class ThreadList {
    private static final String CONTAINERS = "jdk.internal.vm";

    private final MethodHandle threads;

    /** Null up to JDK 20, where no thread is virtual. */
    private final Containers virtual;

    private ThreadList(MethodHandle threads, Containers virtual) {
        this.threads = threads;
        this.virtual = virtual;
    }

    /** @throws ReflectiveOperationException if this JVM does not let an agent see them */
    public static ThreadList of(Instrumentation instrumentation) throws ReflectiveOperationException {
        Internals.open(instrumentation, "java.lang");
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
        MethodHandle threads = lookup.findStatic(Thread.class, "getThreads", MethodType.methodType(Thread[].class));
        return new ThreadList(threads, Runtime.version().feature() < 21 ? null : Containers.of(instrumentation));
    }

    /** Those of the platform, and virtual ones that are RUNNABLE, as long as anything carries them. */
    public Thread[] live() {
        Thread[] platform = platform();
        if (virtual != null) {
            for (Thread thread : platform) {
                if (VirtualThreads.areServedBy(thread)) {
                    List<Thread> all = new ArrayList<>(List.of(platform));
                    virtual.add(each -> each.getState() == Thread.State.RUNNABLE, all);
                    return all.toArray(platform);
                }
            }
        }
        return platform;
    }

    /** Those of the platform and all virtual ones that the JVM knows, whatever they do. */
    public List<Thread> all() {
        List<Thread> all = new ArrayList<>(List.of(platform()));
        if (virtual != null) {
            virtual.add(each -> true, all);
        }
        return all;
    }

    private Thread[] platform() {
        try {
            return (Thread[]) threads.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JDK keeps virtual threads by what they were started in: executors, for one, below a root. */
    private record Containers(MethodHandle root, MethodHandle threads, MethodHandle children) {
        static Containers of(Instrumentation instrumentation) throws ReflectiveOperationException {
            Internals.export(instrumentation, CONTAINERS);
            Class<?> container = Class.forName(CONTAINERS + ".ThreadContainer");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle root = lookup.findStatic(
                    Class.forName(CONTAINERS + ".ThreadContainers"), "root", MethodType.methodType(container));
            MethodType streams = MethodType.methodType(Stream.class);
            MethodType generic = MethodType.methodType(Stream.class, Object.class);
            return new Containers(
                    root.asType(MethodType.methodType(Object.class)),
                    lookup.findVirtual(container, "threads", streams).asType(generic),
                    lookup.findVirtual(container, "children", streams).asType(generic));
        }

        void add(Predicate<Thread> selected, List<Thread> list) {
            try {
                add(root.invokeExact(), selected, list);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        private void add(Object container, Predicate<Thread> selected, List<Thread> list) throws Throwable {
            for (Object each : ((Stream<?>) (Stream) threads.invokeExact(container)).toArray()) {
                Thread thread = (Thread) each;
                if (VirtualThreads.contain(thread) && selected.test(thread)) {
                    list.add(thread);
                }
            }
            for (Object child : ((Stream<?>) (Stream) children.invokeExact(container)).toArray()) {
                add(child, selected, list);
            }
        }
    }
}
