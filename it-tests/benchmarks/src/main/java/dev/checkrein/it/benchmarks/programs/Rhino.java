package dev.checkrein.it.benchmarks.programs;

import org.mozilla.javascript.Context;

/** A script engine compiles and runs a script. */
final class Rhino implements Program {
    private final String script = Program.resource("script.js");

    @Override
    public void run() {
        Context context = Context.enter();
        try {
            Object result = context.evaluateString(context.initStandardObjects(), script, "script.js", 1, null);
            Program.check(result instanceof Number, result);
        } finally {
            Context.exit();
        }
    }
}
