package dev.checkrein.it.benchmarks.programs;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import java.util.concurrent.atomic.AtomicInteger;

/** Clojure compiles and runs a program. */
final class ClojureProgram implements Program {
    /** Once is over too soon to be measured. */
    private static final int TIMES = 10;

    /** Each instance has its own: what one is about to define, another would see half defined. */
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private final IFn read = Clojure.var("clojure.core", "read-string");
    private final IFn eval = Clojure.var("clojure.core", "eval");
    private final IFn pushBindings = Clojure.var("clojure.core", "push-thread-bindings");
    private final IFn popBindings = Clojure.var("clojure.core", "pop-thread-bindings");
    private final IFn hashMap = Clojure.var("clojure.core", "hash-map");
    private final Object currentNamespace = Clojure.var("clojure.core", "*ns*");
    private final Object program = read.invoke(Program.resource("program.clj"));
    private final Object namespace =
            Clojure.var("clojure.core", "create-ns").invoke(Clojure.read("benchmark" + NAMESPACES.incrementAndGet()));

    ClojureProgram() {
        inNamespace(read.invoke("(clojure.core/refer 'clojure.core)"));
    }

    @Override
    public void run() {
        for (int i = 0; i < TIMES; i++) {
            Object result = inNamespace(program);
            Program.check(result instanceof String, result);
        }
    }

    private Object inNamespace(Object form) {
        pushBindings.invoke(hashMap.invoke(currentNamespace, namespace));
        try {
            return eval.invoke(form);
        } finally {
            popBindings.invoke();
        }
    }
}
