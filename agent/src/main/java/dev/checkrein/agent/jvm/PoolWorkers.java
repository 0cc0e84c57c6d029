package dev.checkrein.agent.jvm;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.function.BooleanSupplier;

/** Threads of the JDK's pools, and how far they have come with the tasks of others. Thread-safe. */
public final class PoolWorkers {
    private static final String POOLS = "java.util.concurrent";

    /** From JDK 19 on; before that the thread has the field itself. */
    private final VarHandle holder;

    private final VarHandle body;
    private final Class<?> worker;
    private final VarHandle completedTasks;
    private final VarHandle state;

    private PoolWorkers(VarHandle holder, VarHandle body, Class<?> worker, VarHandle completedTasks, VarHandle state) {
        this.holder = holder;
        this.body = body;
        this.worker = worker;
        this.completedTasks = completedTasks;
        this.state = state;
    }

    /** @throws ReflectiveOperationException if this JVM does not let an agent see them */
    public static PoolWorkers of(Instrumentation instrumentation) throws ReflectiveOperationException {
        Internals.open(instrumentation, "java.lang");
        Internals.open(instrumentation, POOLS);
        Internals.open(instrumentation, POOLS + ".locks");
        MethodHandles.Lookup own = MethodHandles.lookup();
        Class<?> worker = Class.forName(ThreadPoolExecutor.class.getName() + "$Worker");
        VarHandle completed =
                MethodHandles.privateLookupIn(worker, own).findVarHandle(worker, "completedTasks", long.class);
        VarHandle state = MethodHandles.privateLookupIn(AbstractQueuedSynchronizer.class, own)
                .findVarHandle(AbstractQueuedSynchronizer.class, "state", int.class);
        MethodHandles.Lookup threads = MethodHandles.privateLookupIn(Thread.class, own);
        if (Runtime.version().feature() < 19) {
            VarHandle target = threads.findVarHandle(Thread.class, "target", Runnable.class);
            return new PoolWorkers(null, target, worker, completed, state);
        }
        Class<?> fields = Class.forName("java.lang.Thread$FieldHolder");
        VarHandle holder = threads.findVarHandle(Thread.class, "holder", fields);
        VarHandle task = MethodHandles.privateLookupIn(fields, own).findVarHandle(fields, "task", Runnable.class);
        return new PoolWorkers(holder, task, worker, completed, state);
    }

    /**
     * Tells from now on whether the task that a worker of a {@link ThreadPoolExecutor} is at now is over; true if it is at none. Null
     * for a thread that is no worker.
     *
     * @throws IllegalArgumentException if it is a worker of a {@code ForkJoinPool}, or of another pool whose thread factory gives it
     *     something else to run than the pool's worker
     */
    public BooleanSupplier workOf(Thread thread) {
        if (thread instanceof ForkJoinWorkerThread) {
            throw new IllegalArgumentException(
                    "thread \"" + thread.getName() + "\" is a worker of a ForkJoinPool, and which of its"
                            + " tasks it is at cannot be told. Have the work run in a CancellationScope, and cancel that");
        }
        Object fields = holder == null ? thread : holder.get(thread);
        Object runs = fields == null ? null : body.get(fields);
        if (!worker.isInstance(runs)) {
            checkThatItWorksForNobody(thread);
            return null;
        }
        long completed = (long) completedTasks.getVolatile(runs);
        boolean idle = (int) state.getVolatile(runs) <= 0; // a worker locks itself while it is at a task
        return () -> idle || (long) completedTasks.getVolatile(runs) != completed;
    }

    private static void checkThatItWorksForNobody(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("runWorker")
                    && frame.getClassName().equals(ThreadPoolExecutor.class.getName())) {
                throw new IllegalArgumentException(
                        "thread \"" + thread.getName() + "\" is a worker of a pool, and which of its tasks"
                                + " it is at cannot be told, because its thread factory wraps what it runs. Have the work run in a"
                                + " CancellationScope, and cancel that");
            }
        }
    }
}
