package dev.checkrein.it.benchmarks.driver;

import java.util.List;

/**
 * A way of running the agent that is measured by itself.
 *
 * @param name for tables and the command line
 * @param options for the agent, besides what it rewrites; may be empty
 */
record AgentVariant(String name, String options) {
    /** All there are: polls at entries empty, and reading a flag. */
    static final List<AgentVariant> ALL =
            List.of(new AgentVariant("empty", ""), new AgentVariant("promoted", "freeze=on"));

    /** The agent's whole option string, for code that these patterns select. */
    String optionsFor(String include, String more) {
        StringBuilder all = new StringBuilder("include=" + include + ",onError=fail");
        for (String part : List.of(options, more)) {
            if (!part.isEmpty()) {
                all.append(',').append(part);
            }
        }
        return all.toString();
    }
}
