package dev.checkrein.samples.pluginhost;

import dev.checkrein.Checkrein;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Runs the host and lets its plugins misbehave. Exits with 0 if all were stopped and nobody else noticed, otherwise with
 * 1 and the reason.
 */
public final class Main {
    private Main() {}

    /** @param arguments the directory of the plugins; none for the one beside this program's jar */
    public static void main(String[] arguments) throws Exception {
        Path plugins = arguments.length == 0 ? besideThisJar("plugins") : Path.of(arguments[0]);
        // Ends the JVM also if a plugin that could not be stopped has started a thread that is no daemon.
        System.exit(run(plugins) ? 0 : 1);
    }

    private static boolean run(Path plugins) throws IOException, InterruptedException {
        Limits limits = Limits.USUAL;
        Host host = Host.ofPluginsIn(plugins, limits);
        System.out.printf(
                "Java %s, Checkrein's agent is %s. Each plugin has %d ms to answer:",
                Runtime.version(),
                Checkrein.isInstalled() ? "installed" : "NOT installed",
                limits.deadline().toMillis());
        Demonstration demonstration = Demonstration.run(host, Misdeed.ALL, Main::showProgress);
        System.out.println("\n\n" + Report.table(demonstration.results()) + "\n\n" + Report.summary(demonstration));
        return demonstration.complaints().isEmpty();
    }

    private static void showProgress(String plugin) {
        System.out.print(" " + plugin);
        System.out.flush();
    }

    private static Path besideThisJar(String name) throws URISyntaxException {
        return Path.of(Main.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolveSibling(name);
    }
}
