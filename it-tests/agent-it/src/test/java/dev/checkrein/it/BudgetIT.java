package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.Budgets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Calls end when they have used too much, and for no other reason. */
class BudgetIT {
    private static final String CPU = "scope \"work\" has used 0.… s of CPU time, more than its budget of 0.1 s, by ";
    private static final String MEMORY =
            "scope \"work\" has allocated … bytes, more than its budget of 33554432 bytes, by CancellationError";

    private static final List<String> ENDED = List.of(
            "spins: " + CPU + "CancellationError",
            "spins and swallows: " + CPU + "CancellationError",
            "helper spins: " + CPU + "InterruptedException",
            "sleeps: returned awake",
            "keeps what it allocates: " + MEMORY,
            "drops what it allocates: " + MEMORY,
            "spins inside: " + CPU + "CancellationError",
            "task: " + CPU + "CancellationError");

    private static ChildJvm smallJvm(Jdk jdk) {
        return new ChildJvm(jdk).jvm("-Xmx512m");
    }

    @EveryJdk
    void endWhatUsesTooMuch(Jdk jdk) {
        smallJvm(jdk)
                .agent()
                .program(Budgets.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactlyElementsOf(ENDED);
    }

    /** The runtime itself uses the JDK, and what tells of threads is part of it. */
    @EveryJdk
    void endWhatUsesTooMuchWhereTheJdkPollsToo(Jdk jdk) {
        smallJvm(jdk)
                .agent("include=**:java.lang.**:java.util.**:sun.management.**:com.sun.management.**")
                .program(Budgets.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactlyElementsOf(ENDED);
    }

    @EveryJdk
    void virtualThreadsHaveNone(Jdk jdk) {
        Assumptions.assumeTrue(jdk.feature() >= 21, "has virtual threads"); // there are none before
        List<String> ended = new ArrayList<>(ENDED);
        ended.add("virtual: java.lang.UnsupportedOperationException: the CPU budget of scope \"work\" cannot be kept:"
                + " the JVM does not tell the CPU time of virtual threads. Use a platform thread, or give the scope a"
                + " deadline instead");
        ended.add("virtual: java.lang.UnsupportedOperationException: the allocation budget of scope \"work\" cannot be"
                + " kept: the JVM does not tell what is allocated by virtual threads. Use a platform thread, or give the"
                + " scope a deadline instead");
        smallJvm(jdk)
                .agent()
                .program(Budgets.class, "virtual")
                .run()
                .succeeds()
                .assertOut()
                .containsExactlyElementsOf(ended);
    }

    /** All that is optional is left out. */
    @EveryJdk
    void withoutTheModulesTheyCannotBeKept(Jdk jdk) {
        FinishedJvm jvm = smallJvm(jdk)
                .agent()
                .jvm("--limit-modules", "java.base,java.instrument,java.logging")
                .program(Budgets.class)
                .run()
                .succeeds();
        jvm.assertOut()
                .hasSize(ENDED.size())
                .contains(
                        "spins: java.lang.UnsupportedOperationException: the CPU budget of scope \"work\" cannot be kept:"
                                + " the JVM does not tell the CPU time of its threads, as the module java.management is missing"
                                + " (--add-modules java.management), or the JVM cannot measure it. Give the scope a deadline"
                                + " instead")
                .contains(
                        "drops what it allocates: java.lang.UnsupportedOperationException: the allocation budget of scope"
                                + " \"work\" cannot be kept: the JVM does not tell what is allocated by its threads, as the module"
                                + " jdk.management is missing (--add-modules jdk.management), or measuring it is switched off."
                                + " Give the scope a deadline instead");
    }
}
