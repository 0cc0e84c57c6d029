package dev.checkrein.it.corpus;

import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Run in a child JVM: has every method of the classes that a file names compiled, by both compilers, without running it.
 * Prints those that a compiler refuses for ever, where the compilers themselves do not print.
 */
final class CompileAll {
    private static final int C1 = 1;
    private static final int C2 = 4;

    /** For a compilation of the method from its beginning. */
    private static final int NOT_IN_A_LOOP = -1;

    /** Classes that are initialised may put another one in its place: jconsole's output viewer does. */
    private static final PrintStream OUT = System.out;

    private static final PrintStream ERR = System.err;

    private final Object whiteBox;
    private final Method enqueue;
    private final Method compilable;
    private int compiled;

    private CompileAll() throws ReflectiveOperationException {
        String name = (Runtime.version().feature() < 19 ? "sun.hotspot" : "jdk.test.whitebox") + ".WhiteBox";
        Class<?> c = Class.forName(name);
        whiteBox = c.getConstructor().newInstance();
        enqueue = c.getMethod("enqueueMethodForCompilation0", Executable.class, int.class, int.class);
        compilable = c.getMethod("isMethodCompilable0", Executable.class, int.class, boolean.class);
    }

    public static void main(String[] args) throws Exception {
        try { // so that the compilers see a class that is there, and compile what comes behind a poll
            Class.forName("java.lang.CheckreinPoll", true, null);
        } catch (ClassNotFoundException e) {
            OUT.println("without polls");
        }
        CompileAll all = new CompileAll();
        for (String name : Files.readAllLines(Path.of(args[0]))) {
            all.compile(name);
        }
        OUT.println("compiled " + all.compiled);
        OUT.flush();
        Runtime.getRuntime().halt(0); // classes that were initialised may have started threads
    }

    private void compile(String name) throws ReflectiveOperationException {
        List<Executable> methods = new ArrayList<>();
        try {
            Class<?> c = Class.forName(name, false, ClassLoader.getSystemClassLoader());
            methods.addAll(List.of(c.getDeclaredMethods()));
            methods.addAll(List.of(c.getDeclaredConstructors()));
        } catch (LinkageError | ClassNotFoundException | TypeNotPresentException e) {
            return; // is somewhere else's test
        }
        for (Executable method : methods) {
            if (!Modifier.isAbstract(method.getModifiers()) && !Modifier.isNative(method.getModifiers())) {
                compile(method, C1);
                compile(method, C2);
            }
        }
    }

    private void compile(Executable method, int level) throws ReflectiveOperationException {
        try {
            compiled += (Boolean) enqueue.invoke(whiteBox, method, level, NOT_IN_A_LOOP) ? 1 : 0;
        } catch (InvocationTargetException e) {
            return; // it initialises the class first, which may need what is not there
        }
        if (!(Boolean) compilable.invoke(whiteBox, method, level, false)) {
            String what = method instanceof Constructor ? "<init>" : method.toGenericString();
            ERR.println("refused at level " + level + ": "
                    + method.getDeclaringClass().getName() + " " + what);
        }
    }
}
