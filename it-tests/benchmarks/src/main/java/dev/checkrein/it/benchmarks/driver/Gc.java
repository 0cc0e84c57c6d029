package dev.checkrein.it.benchmarks.driver;

import java.util.Locale;

/** The garbage collectors that matter to polls: Serial and Parallel take the JIT's own polls out of counted loops. */
public enum Gc {
    G1,
    SERIAL,
    PARALLEL,
    Z;

    String flag() {
        return "-XX:+Use"
                + (this == G1 || this == Z
                        ? name()
                        : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT)) + "GC";
    }
}
