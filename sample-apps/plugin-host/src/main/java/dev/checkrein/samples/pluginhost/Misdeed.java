package dev.checkrein.samples.pluginhost;

import java.util.List;

/**
 * A request that a plugin does not answer in a lifetime.
 *
 * @param what in a few words
 */
record Misdeed(String plugin, String request, String what) {
    static final List<Misdeed> ALL = List.of(
            new Misdeed("script", "while (true) {}", "runs while (true) {} in JavaScript"),
            new Misdeed("regex", "a".repeat(60) + "!", "matches a regex in 2^59 ways"),
            new Misdeed("stubborn", "", "catches all that is thrown at it"),
            new Misdeed("sleeper", "1000", "sleeps for 1000 days"),
            new Misdeed(
                    "database",
                    "SELECT SUM(a.price * b.price) FROM orders a, orders b, orders c, orders d",
                    "joins 10^12 rows in SQL"));
}
