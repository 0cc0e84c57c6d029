package dev.checkrein.samples.pluginhost.api;

/** What a plugin is to its host. Each needs a public constructor without parameters. */
@FunctionalInterface
public interface Plugin {
    /** Answers a request. May be called by several threads at once. */
    String answer(String request) throws Exception;
}
