package dev.checkrein.samples.pluginhost.plugins.script;

import dev.checkrein.samples.pluginhost.api.Plugin;
import org.mozilla.javascript.Context;

/** Evaluates JavaScript, which Rhino compiles to classes of its own while the plugin runs. */
public final class ScriptPlugin implements Plugin {
    @Override
    public String answer(String script) {
        try (Context context = Context.enter()) {
            Object value = context.evaluateString(context.initStandardObjects(), script, "request", 1, null);
            return Context.toString(value);
        }
    }
}
