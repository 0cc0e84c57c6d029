package dev.checkrein.agent;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * The agent's own world: its jar above the platform's classes, beside the application and out of its sight. JDK packages
 * that the agent needs opened are opened to this loader's unnamed module alone.
 */
final class AgentClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    AgentClassLoader(URL jar) {
        super("checkrein-agent", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }
}
