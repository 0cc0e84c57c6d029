package dev.checkrein.it.benchmarks.child;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.Kernels;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Stops a kernel late and often, and prints what that has done to its speed and to the JVM's memory for classes. */
public final class CompilationMain {
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double BYTES_PER_KB = 1024;

    private static long sink;

    private CompilationMain() {}

    /** Arguments: the kernel, and how often to stop it. */
    public static void main(String[] args) {
        Kernels name = Kernels.valueOf(args[0]);
        Kernel kernel = KernelSource.COMPILED.create(name);
        nanosPerRun(kernel);
        try (Victim victim = new Victim(KernelSource.COMPILED.create(name)::run, ScopeChannel::new)) {
            victim.stopLate(1); // loads what the first stop needs
            Figures.print("ns before", nanosPerRun(kernel));
            double before = metaspaceKb();
            victim.stopLate(Integer.parseInt(args[1]));
            nanosPerRun(kernel);
            Figures.print("ns after", nanosPerRun(kernel));
            Figures.print("metaspace KB", metaspaceKb() - before);
        }
        Rewriting.mustBe(true);
        System.exit(sink == 42 ? 1 : 0);
    }

    private static double nanosPerRun(Kernel kernel) {
        long start = System.nanoTime();
        long runs = 0;
        while (System.nanoTime() - start < MEASURED_NANOS) {
            sink += kernel.run();
            runs++;
        }
        return (double) (System.nanoTime() - start) / runs;
    }

    private static double metaspaceKb() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .mapToLong(pool -> pool.getUsage().getUsed())
                        .sum()
                / BYTES_PER_KB;
    }
}
