package dev.checkrein.it.benchmarks.child;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.Kernels;

/** Where a kernel's code comes from. */
public enum KernelSource {
    /** As compiled, and rewritten if the agent is there. */
    COMPILED {
        @Override
        public Kernel create(Kernels kernel) {
            return instantiate(kernel.path());
        }
    };

    /** A new instance, of a class that is loaded now at the latest. */
    public abstract Kernel create(Kernels kernel);

    private static Kernel instantiate(String path) {
        String name = Kernel.class.getPackageName() + "." + path.replace('/', '.');
        try {
            return (Kernel) Class.forName(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + name, e);
        }
    }
}
