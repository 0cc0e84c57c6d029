package dev.checkrein.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;

/**
 * Where the JVM enters. This class alone is loaded by the application's class loader; it does nothing but start the agent
 * in a class loader of its own.
 *
 * <p><b>Careful.</b> Nothing here or below may use logging, {@code java.util.logging}, {@code System.Logger} or JMX: they
 * read their configuration when they are first used, and application servers need to set it before that.
 */
public final class CheckreinAgent {
    private static final String START_CLASS = "dev.checkrein.agent.start.AgentStart";
    private static final int EXIT_CODE = 1;

    private CheckreinAgent() {}

    /** Called by the JVM before the application's {@code main}. Ends the JVM if the agent cannot start. */
    public static void premain(String argument, Instrumentation instrumentation) {
        String failure = start(argument, instrumentation);
        if (failure != null) {
            System.err.println("checkrein: " + failure);
            System.exit(EXIT_CODE);
        }
    }

    /** Returns what went wrong, or null. */
    private static String start(String argument, Instrumentation instrumentation) {
        try {
            URL jar = CheckreinAgent.class.getProtectionDomain().getCodeSource().getLocation();
            ClassLoader loader = new AgentClassLoader(jar);
            Method start = loader.loadClass(START_CLASS).getMethod("start", String.class, Instrumentation.class);
            return (String) start.invoke(null, argument, instrumentation);
        } catch (InvocationTargetException e) {
            return "the agent failed to start: " + e.getCause();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return "the agent's jar is damaged or was repacked: " + e + ". Use checkrein-agent.jar as it is";
        }
    }
}
