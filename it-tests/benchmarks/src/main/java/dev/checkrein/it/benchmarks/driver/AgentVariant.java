package dev.checkrein.it.benchmarks.driver;

import java.util.List;

/**
 * A way of running the agent that is measured by itself.
 *
 * @param name for tables and the command line
 * @param options for the agent, besides what it rewrites; may be empty
 */
record AgentVariant(String name, String options) {
    /** All there are. Once the agent knows {@code freeze=on}: {@code new AgentVariant("promoted", "freeze=on")}. */
    static final List<AgentVariant> ALL = List.of(new AgentVariant("empty", ""));

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
