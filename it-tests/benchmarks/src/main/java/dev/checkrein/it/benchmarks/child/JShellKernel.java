package dev.checkrein.it.benchmarks.child;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/**
 * A kernel whose source was evaluated by JShell's local engine, which puts checks into it (JDK 25) or stops its thread by
 * {@code Thread.stop} (JDK 17).
 */
public final class JShellKernel implements Kernel {
    private static Kernel made;
    private static Runnable begun;

    private final JShell shell;
    private final Kernel kernel;

    private JShellKernel(JShell shell, Kernel kernel) {
        this.shell = shell;
        this.kernel = kernel;
    }

    static JShellKernel of(Kernels name) {
        JShell shell = JShell.builder()
                .executionEngine("local")
                .compilerOptions("--class-path", System.getProperty("java.class.path"))
                .build();
        String source = source(name).replaceFirst("(?m)^package .*;$", "");
        SourceCodeAnalysis.CompletionInfo next;
        do {
            next = shell.sourceCodeAnalysis().analyzeCompletion(source);
            evaluate(shell, next.source());
            source = next.remaining();
        } while (!source.isBlank());
        evaluate(shell, JShellKernel.class.getName() + ".made(new " + name.className() + "());");
        return new JShellKernel(shell, made);
    }

    /** Called from within the shell. */
    public static void made(Kernel kernel) {
        made = kernel;
    }

    /** Called from within the shell. */
    public static void begun() {
        begun.run();
    }

    /** Called from within the shell. */
    public static Kernel made() {
        return made;
    }

    private static String source(Kernels name) {
        try (InputStream in = Kernel.class.getResourceAsStream(name.path() + ".java")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void evaluate(JShell shell, String source) {
        List<SnippetEvent> events = shell.eval(source);
        for (SnippetEvent event : events) {
            if (event.status() == Snippet.Status.REJECTED || event.exception() != null) {
                throw new IllegalStateException("JShell does not take " + source, event.exception());
            }
        }
    }

    @Override
    public long run() {
        return kernel.run();
    }

    /** Runs it as a user of JShell does: as a snippet that is stopped. */
    Channel channel() {
        made = kernel;
        return new Channel() {
            @Override
            public void repeat(Runnable begun, Callable<?> work) {
                // Not the work itself, which is not the shell's own.
                JShellKernel.begun = begun;
                String name = JShellKernel.class.getName();
                shell.eval(name + ".begun(); while (true) { " + name + ".made().run(); }");
            }

            @Override
            public void stop() {
                shell.stop();
            }
        };
    }
}
