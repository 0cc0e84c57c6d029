package dev.checkrein.it.corpus;

/**
 * Run in a child JVM: Kotlin's compiler, which does not start on a JDK whose version it does not know, unless it is told
 * another.
 */
final class RunKotlinc {
    private static final int NEWEST_KNOWN_JDK = 24;

    private RunKotlinc() {}

    public static void main(String[] args) throws Exception {
        if (Runtime.version().feature() > NEWEST_KNOWN_JDK) {
            System.setProperty("java.version", String.valueOf(NEWEST_KNOWN_JDK));
        }
        Class.forName("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler")
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }
}
