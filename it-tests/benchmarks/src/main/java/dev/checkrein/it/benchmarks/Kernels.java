package dev.checkrein.it.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kernels there are. To name one does not load its class: the agent rewrites what is run and nothing else. */
public enum Kernels {
    ARRAY_SUM(Group.WORK),
    SAXPY(Group.WORK),
    MATRIX_MULTIPLY(Group.WORK),
    SIEVE(Group.WORK),
    BYTE_HASH(Group.WORK),
    POINTER_CHASE(Group.WORK),
    COLLATZ(Group.WORK),
    FIB(Group.WORK),
    ALLOCATION(Group.WORK),
    STRING_BUILDING(Group.WORK),
    STREAMS(Group.WORK),
    VIRTUAL_CALL_TREE(Group.WORK),
    INTERPRETER_LOOP(Group.WORK),
    EXCEPTIONS(Group.WORK),
    INLINED_CALL_LOOP(Group.WORK),
    GETTER_LOOP(Group.WORK),
    ARRAY_LIST_LOOP(Group.WORK),
    STRING_BUILDER_LOOP(Group.WORK),
    LOCAL_ALLOCATION_LOOP(Group.WORK),
    ESCAPING_ALLOCATION_LOOP(Group.WORK),
    LOOP_POLL(Group.POLLS),
    ENTRY_POLL(Group.POLLS),
    ALLOCATION_POLL(Group.POLLS),
    TIGHT_LOOP(Group.ENDLESS),
    NESTED_COUNTED_LOOPS(Group.ENDLESS),
    VECTORISED_LOOP(Group.ENDLESS),
    ENDLESS_ARRAY_LIST(Group.ENDLESS),
    ENDLESS_INLINED_CALL(Group.ENDLESS),
    ENDLESS_GETTER(Group.ENDLESS),
    ENDLESS_STRING_BUILDER(Group.ENDLESS);

    /** What kernels are for, and the folder below {@code kernels} that they are in. */
    public enum Group {
        /** For the price of polls, in comparison with the same code without. */
        WORK(""),
        /** For the price of one poll. */
        POLLS("polls/"),
        /** For the time that a stop takes. */
        ENDLESS("endless/");

        private final String folder;

        Group(String folder) {
            this.folder = folder;
        }
    }

    private final Group group;

    Kernels(Group group) {
        this.group = group;
    }

    /** Those of a group, in order. */
    public static List<Kernels> of(Group group) {
        return Arrays.stream(values()).filter(kernel -> kernel.group == group).toList();
    }

    /** Whether its {@code run} never returns by itself. */
    public boolean endless() {
        return group == Group.ENDLESS;
    }

    /** Where its class or source is, relative to this package and without an ending: {@code kernels/polls/LoopPoll}. */
    public String path() {
        return "kernels/" + group.folder + className();
    }

    /** Its class's simple name. */
    public String className() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /** Its name for tables and the command line: {@code loop-poll}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
