package dev.checkrein.it.benchmarks.kills;

import dev.checkrein.it.benchmarks.child.Channel;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** Evaluated by JShell's local engine, ended by its {@code stop()}: checks at branches on JDK 25, {@code Thread.stop} on 17. */
final class JShellWork {
    private JShellWork() {}

    static Supplier<Channel> channels(Runaway runaway) {
        JShell shell = JShell.builder()
                .executionEngine("local")
                .compilerOptions("--class-path", System.getProperty("java.class.path"))
                .build();
        for (SnippetEvent event : shell.eval(runaway.source())) {
            if (event.status() == Snippet.Status.REJECTED || event.exception() != null) {
                throw new IllegalStateException("JShell does not take " + runaway.source(), event.exception());
            }
        }
        return () -> new Channel() {
            @Override
            public void repeat(Runnable begun, Callable<?> none) {
                Begun.tell(begun);
                shell.eval("Work.work();");
            }

            @Override
            public void stop() {
                shell.stop();
            }
        };
    }
}
