package dev.checkrein.samples.pluginhost.plugins.script;

import dev.checkrein.samples.pluginhost.api.Plugin;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** Evaluates JavaScript, which Rhino compiles to classes of its own while the plugin runs. */
public final class ScriptPlugin implements Plugin {
    private final ScriptableObject standardObjects;

    /** Makes what all scripts have in common, and runs a first one, so that Rhino is loaded before a deadline is set. */
    public ScriptPlugin() {
        try (Context context = Context.enter()) {
            standardObjects = context.initSafeStandardObjects(null, true);
        }
        answer("0");
    }

    @Override
    public String answer(String script) {
        try (Context context = Context.enter()) {
            Scriptable globals = context.newObject(standardObjects);
            globals.setPrototype(standardObjects);
            globals.setParentScope(null);
            return Context.toString(context.evaluateString(globals, script, "request", 1, null));
        }
    }
}
