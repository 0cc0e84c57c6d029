package dev.checkrein.samples.languages;

import groovy.lang.GroovyShell;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.codehaus.groovy.control.CompilerConfiguration;

/** Compiles and runs a script as the command {@code groovy} does, also on a JDK newer than this Groovy knows. */
public final class GroovyScript {
    private GroovyScript() {}

    /** @param arguments the file */
    public static void main(String[] arguments) throws IOException {
        CompilerConfiguration configuration = new CompilerConfiguration();
        // Asks the JVM for the JDK's classes, and does not read their files, which need not be of a version it can
        // read.
        configuration.getOptimizationOptions().put("asmResolving", false);
        new GroovyShell(configuration).run(new File(arguments[0]), List.of());
    }
}
