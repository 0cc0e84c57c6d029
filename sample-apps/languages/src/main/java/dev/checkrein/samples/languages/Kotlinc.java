package dev.checkrein.samples.languages;

/** Kotlin's compiler, which does not start on a JDK newer than it knows, unless it is told another version. */
public final class Kotlinc {
    private static final int NEWEST_KNOWN_JDK = 24;

    private Kotlinc() {}

    /** @param arguments as for {@code kotlinc} */
    public static void main(String[] arguments) throws Exception {
        if (Runtime.version().feature() > NEWEST_KNOWN_JDK) {
            System.setProperty("java.version", String.valueOf(NEWEST_KNOWN_JDK));
        }
        // By its name, so that this needs no compiler to be compiled.
        Class.forName("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
