package com.acme;

/** What the tests of the command rewrite: it has a loop, an entry and an allocation. Must never be run. */
public final class Polled {
    static {
        System.out.println("initialised, which nothing here may do");
        System.exit(99);
    }

    private Polled() {}

    static StringBuilder spin(int turns) {
        StringBuilder made = new StringBuilder();
        for (int i = 0; i < turns; i++) {
            made.append(i);
        }
        return made;
    }
}
