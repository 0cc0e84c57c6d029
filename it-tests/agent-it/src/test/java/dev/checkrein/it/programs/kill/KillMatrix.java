package dev.checkrein.it.programs.kill;

import java.util.Locale;

/**
 * Runs the rows of a group, named by the first argument, and prints for each how many runs there were, how many ended, and how
 * long that took.
 */
public final class KillMatrix {
    /** Of each row. */
    public static final int RUNS = 30;

    private KillMatrix() {}

    public static void main(String[] args) throws Exception {
        Group group = Group.valueOf(args[0].toUpperCase(Locale.ROOT));
        for (Row row : Rows.of(group, Runtime.version().feature())) {
            try (Trials trials = new Trials(row)) {
                System.out.println(row.name() + ": " + trials.run());
            }
        }
    }
}
