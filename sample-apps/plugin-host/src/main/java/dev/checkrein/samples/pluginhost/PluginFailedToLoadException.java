package dev.checkrein.samples.pluginhost;

/** A plugin is not there, or is none. The message tells which and why. */
final class PluginFailedToLoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginFailedToLoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
