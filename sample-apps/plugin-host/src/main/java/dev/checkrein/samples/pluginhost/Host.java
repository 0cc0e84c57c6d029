package dev.checkrein.samples.pluginhost;

import dev.checkrein.CancellationScope;
import dev.checkrein.samples.pluginhost.api.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Serves requests by plugins it does not trust, and gives each call a deadline. Thread-safe. */
final class Host {
    private final Map<String, InstalledPlugin> plugins;
    private final Limits limits;

    /** Without a bound, because a thread whose plugin cannot be stopped is lost to it. */
    private final ExecutorService pool = Executors.newCachedThreadPool(Host::thread);

    private Host(Map<String, InstalledPlugin> plugins, Limits limits) {
        this.plugins = plugins;
        this.limits = limits;
    }

    /**
     * A host of the plugins in the directory: each directory in it is one, with the directory's name.
     *
     * <p>Loads them all. That is not part of a call because Checkrein never throws into code that loads or initialises
     * classes: a deadline could pass there without effect.
     *
     * @throws PluginFailedToLoadException if one of them cannot be loaded
     */
    static Host ofPluginsIn(Path directory, Limits limits) throws IOException {
        try (Stream<Path> directories = Files.list(directory)) {
            Map<String, InstalledPlugin> plugins = directories
                    .filter(Files::isDirectory)
                    .map(InstalledPlugin::new)
                    .collect(Collectors.toMap(InstalledPlugin::name, Function.identity()));
            plugins.values().forEach(InstalledPlugin::load);
            return new Host(plugins, limits);
        }
    }

    /** Has the plugin answer on a thread of the pool, and waits for it no longer than the limits say. */
    Outcome ask(String pluginName, String request) throws InterruptedException {
        InstalledPlugin installed = plugins.get(pluginName);
        if (installed == null) {
            throw new IllegalArgumentException("no plugin " + pluginName + ", there are " + plugins.keySet());
        }
        Plugin plugin;
        try {
            plugin = installed.load();
        } catch (PluginFailedToLoadException e) {
            return new Outcome.Failed(e);
        }
        Outcome outcome = await(pool.submit(() -> call(pluginName, plugin, request)));
        if (outcome instanceof Outcome.Stopped || outcome instanceof Outcome.StillRunning) {
            // What it was changing is as it was at that moment, half done perhaps. The next request gets a fresh one.
            installed.discard(plugin);
        }
        return outcome;
    }

    private Outcome call(String pluginName, Plugin plugin, String request) {
        CancellationScope scope = CancellationScope.named(pluginName).withDeadline(limits.deadline());
        long deadline = System.nanoTime() + limits.deadline().toNanos();
        try {
            return new Outcome.Answered(scope.call(() -> plugin.answer(request)));
        } catch (TimeoutException e) {
            Duration afterDeadline = Duration.ofNanos(System.nanoTime() - deadline);
            boolean pluginsOwn = afterDeadline.isNegative();
            return pluginsOwn
                    ? new Outcome.Failed(e)
                    : new Outcome.Stopped(afterDeadline, StoppedAt.describe(e.getCause()));
        } catch (Throwable e) {
            // A plugin may throw anything, and its host has to live with it.
            return new Outcome.Failed(e);
        }
    }

    private Outcome await(Future<Outcome> outcome) throws InterruptedException {
        try {
            return outcome.get(limits.deadline().plus(limits.patience()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Outcome.StillRunning();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call always has an outcome", e);
        }
    }

    /** A daemon, so that one which cannot be stopped does not keep the JVM from ending. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "plugin-call");
        thread.setDaemon(true);
        return thread;
    }
}
