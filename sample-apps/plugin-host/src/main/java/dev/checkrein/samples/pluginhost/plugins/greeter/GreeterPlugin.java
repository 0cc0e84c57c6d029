package dev.checkrein.samples.pluginhost.plugins.greeter;

import dev.checkrein.samples.pluginhost.api.Plugin;

/** Greets whoever asks. The one that behaves. */
public final class GreeterPlugin implements Plugin {
    @Override
    public String answer(String name) {
        return "Hello, " + name + "!";
    }
}
