package dev.checkrein.it.benchmarks.child;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.Kernels;
import java.util.function.Supplier;

/** Where a kernel's code comes from, and with it how it is stopped. */
public enum KernelSource {
    /** As compiled, and rewritten if the agent is there. Stopped by Checkrein. */
    COMPILED {
        @Override
        public Kernel create(Kernels kernel) {
            return instantiate(kernel.path());
        }

        @Override
        Supplier<Channel> channels(Kernel kernel) {
            return ScopeChannel::new;
        }
    },
    /** Its twin with {@code Thread.interrupted()} written into it by hand. Only some have one. */
    CHECKED {
        @Override
        public Kernel create(Kernels kernel) {
            return instantiate(twin(kernel));
        }

        @Override
        Supplier<Channel> channels(Kernel kernel) {
            return InterruptChannel::new;
        }

        @Override
        public boolean has(Kernels kernel) {
            return Kernel.class.getResource(twin(kernel) + ".class") != null;
        }
    },
    /** The same source, evaluated by JShell's local engine and stopped by it. */
    JSHELL {
        @Override
        public Kernel create(Kernels kernel) {
            return JShellKernel.of(kernel);
        }

        @Override
        Supplier<Channel> channels(Kernel kernel) {
            return ((JShellKernel) kernel)::channel;
        }
    };

    /** A new instance, of a class that is loaded now at the latest. */
    public abstract Kernel create(Kernels kernel);

    /** The ways of stopping one that {@link #create} has made. */
    abstract Supplier<Channel> channels(Kernel kernel);

    /** Whether it can create this one. */
    public boolean has(Kernels kernel) {
        return true;
    }

    private static String twin(Kernels kernel) {
        return "checked/Checked" + kernel.className();
    }

    private static Kernel instantiate(String path) {
        String name = Kernel.class.getPackageName() + "." + path.replace('/', '.');
        try {
            return (Kernel) Class.forName(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + name, e);
        }
    }
}
