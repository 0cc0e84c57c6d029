package dev.checkrein.it.benchmarks.driver;

import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.util.ArrayList;
import java.util.List;

/**
 * What a table holds for.
 *
 * @param jdk the JVM
 * @param gc its collector
 * @param variant how the agent is run
 * @param moreOptions for the agent, from the command line; may be empty
 * @param moreFlags for the JVM, from the command line
 */
record Condition(Jdk jdk, Gc gc, AgentVariant variant, String moreOptions, List<String> moreFlags) {
    /** Enough for every program here, and fixed, so that no heap grows in the middle of a comparison. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

    /** The flags of every JVM, with the agent or without. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(HEAP);
        flags.add(gc.flag());
        flags.addAll(moreFlags);
        return flags;
    }

    /** The flags of one, with the agent's if it is to be there. */
    List<String> flags(boolean agent, String include) {
        List<String> flags = new ArrayList<>(flags());
        if (agent) {
            flags.add("-javaagent:" + Products.agentJar() + "=" + variant.optionsFor(include, moreOptions));
        }
        return flags;
    }

    /** The same with these options for the agent besides. */
    Condition withOptions(String more) {
        String both = moreOptions.isEmpty() ? more : moreOptions + "," + more;
        return new Condition(jdk, gc, variant, both, moreFlags);
    }

    /** The same with this flag for the JVM besides. */
    Condition withFlag(String flag) {
        List<String> both = new ArrayList<>(moreFlags);
        both.add(flag);
        return new Condition(jdk, gc, variant, moreOptions, both);
    }

    @Override
    public String toString() {
        return jdk + ", " + gc + ", " + variant.name() + (moreOptions.isEmpty() ? "" : ", " + moreOptions);
    }
}
