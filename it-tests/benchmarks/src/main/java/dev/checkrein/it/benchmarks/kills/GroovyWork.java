package dev.checkrein.it.benchmarks.kills;

import dev.checkrein.it.benchmarks.child.Channel;
import groovy.lang.GroovyClassLoader;
import groovy.transform.ThreadInterrupt;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;

/** Compiled by Groovy, which puts checks of the interrupt flag at the beginning of loops, closures and methods. */
final class GroovyWork {
    private GroovyWork() {}

    static Supplier<Channel> channels(Runaway runaway) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.getOptimizationOptions().put("asmResolving", false); // it reads no classes of later JDKs
        configuration.addCompilationCustomizers(new ASTTransformationCustomizer(ThreadInterrupt.class));
        Method work = work(
                new GroovyClassLoader(GroovyWork.class.getClassLoader(), configuration).parseClass(runaway.source()));
        return () -> new Interrupt(work);
    }

    private static Method work(Class<?> made) {
        try {
            return made.getMethod("work");
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Interrupt implements Channel {
        private final Method work;
        private volatile Thread worker;

        Interrupt(Method work) {
            this.work = work;
        }

        @Override
        public void repeat(Runnable begun, Callable<?> none) throws Exception {
            worker = Thread.currentThread();
            Begun.tell(begun);
            try {
                work.invoke(null);
            } catch (InvocationTargetException e) {
                if (Thread.interrupted()) {
                    return; // this is how it should end
                }
                throw new IllegalStateException(e.getCause());
            }
            throw new IllegalStateException("it ended by itself");
        }

        @Override
        public void stop() {
            worker.interrupt();
        }
    }
}
