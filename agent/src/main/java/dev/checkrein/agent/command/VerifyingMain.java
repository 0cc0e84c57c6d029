package dev.checkrein.agent.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What runs in the JVM that {@link Verification} starts: links every class it is told to. Linking verifies. Uses the JDK
 * alone.
 *
 * <p>The first argument is {@code modules}, for classes of this JVM's own modules, or else a jar or folder. The next one is
 * the class path for the rest. Classes come on standard input, a line {@code WHERE TAB NAME} each, where WHERE is a module
 * or a path. What fails goes to standard output, a line {@code WHERE TAB NAME TAB ERROR} each.
 */
final class VerifyingMain {
    /** The first argument in place of a jar or folder. */
    static final String MODULES = "modules";

    /** Between the parts of a line. */
    static final String SEPARATOR = "\t";

    private VerifyingMain() {}

    /** Finds a class without initialising it. */
    private interface Finder {
        Class<?> find(String where, String className) throws ClassNotFoundException, IOException;
    }

    public static void main(String[] arguments) throws IOException {
        checkThatLinkingVerifies();
        PrintStream failures = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<String> classes = new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (arguments[0].equals(MODULES)) {
            verifyAll(classes, VerifyingMain::inModule, failures);
            return;
        }
        try (VerifyingLoaders loaders = VerifyingLoaders.of(Path.of(arguments[0]), arguments[1])) {
            verifyAll(classes, loaders::find, failures);
        }
    }

    /** Throws an error if this JVM takes what no JVM may take: then it would take anything. */
    private static void checkThatLinkingVerifies() {
        try {
            link(Class.forName(UnverifiableClass.NAME, false, null));
        } catch (VerifyError asItShould) {
            return;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class that cannot be verified is not there", e);
        }
        throw new IllegalStateException("this JVM does not verify when it lists a class's constructors");
    }

    private static void verifyAll(List<String> classes, Finder finder, PrintStream failures) {
        for (String line : classes) {
            String[] parts = line.split(SEPARATOR, 2);
            try {
                link(finder.find(parts[0], parts[1]));
            } catch (LinkageError | ClassNotFoundException | IOException | RuntimeException e) {
                // The details of a verify error span lines.
                failures.println(line + SEPARATOR + e.toString().replace('\n', ' '));
            }
        }
    }

    /**
     * Links a class without initialising it. No API promises that. HotSpot links a class before it lists its constructors,
     * fields or methods, and says so ("ensure class is linked", {@code get_class_declared_methods_helper} in
     * {@code jvm.cpp}).
     * Constructors load the fewest other classes. That it works is checked at each start.
     */
    static void link(Class<?> c) {
        c.getDeclaredConstructors();
    }

    private static Class<?> inModule(String module, String className) throws ClassNotFoundException {
        Class<?> found = ModuleLayer.boot()
                .findModule(module)
                .map(present -> Class.forName(present, className))
                .orElse(null);
        if (found == null) {
            throw new ClassNotFoundException(className + " in module " + module);
        }
        return found;
    }
}
