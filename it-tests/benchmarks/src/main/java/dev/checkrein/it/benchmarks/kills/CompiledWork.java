package dev.checkrein.it.benchmarks.kills;

import dev.checkrein.CancellationScope;
import dev.checkrein.it.benchmarks.child.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import javax.tools.ToolProvider;

/** Compiled by javac, rewritten by the agent, ended by a scope. */
public final class CompiledWork {
    /** What the agent is to rewrite. */
    public static final String INCLUDE = "Work";

    private CompiledWork() {}

    static Supplier<Channel> channels(Runaway runaway) {
        Method work = compile(runaway);
        return () -> new Scope(work);
    }

    private static Method compile(Runaway runaway) {
        try {
            Path folder = Files.createTempDirectory("work");
            Path source = Files.writeString(folder.resolve("Work.java"), runaway.source());
            int exitCode = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-proc:none",
                            "-d",
                            folder.toString(),
                            source.toString());
            if (exitCode != 0) {
                throw new IllegalStateException("javac does not take " + runaway.source());
            }
            URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
            return loader.loadClass("Work").getMethod("work");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Scope implements Channel {
        private final CancellationScope scope = CancellationScope.named("runaway");
        private final Method work;

        Scope(Method work) {
            this.work = work;
        }

        @Override
        public void repeat(Runnable begun, Callable<?> none) throws Exception {
            Begun.tell(begun);
            try {
                scope.call(() -> work.invoke(null));
            } catch (CancellationException cancelled) {
                return; // this is how it should end
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(e.getCause());
            }
            throw new IllegalStateException("it ended by itself");
        }

        @Override
        public void stop() {
            scope.cancel("benchmark");
        }
    }
}
