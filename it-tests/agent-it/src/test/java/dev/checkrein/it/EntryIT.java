package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.WaysIn;
import java.util.ArrayList;
import java.util.List;

/** However code outside comes into rewritten code, it meets a poll at the entry. */
class EntryIT {
    /** With how many entries polled; the first in each count is that of the code that tries it. */
    private static final List<String> WAYS = List.of(
            "method reference: 2",
            "lambda that does nothing: 2",
            "comparator in a sort: 2",
            "reflection: 2",
            "reflective constructor: 2",
            "method handle: 2",
            "proxy: 2",
            "deserialisation: 3", // and the constructor of what is written before
            "thread started by the JVM: 2",
            "class initialised by the JVM: 2",
            "executor: 2",
            "cleaner: 3"); // and the action that calls the method

    @EveryJdk
    void everyWayInPolls(Jdk jdk) {
        List<String> ways = new ArrayList<>(WAYS);
        if (jdk.feature() >= 22) {
            ways.add("native upcall: 2"); // before, the threads and classes that the JVM itself starts must do
        }
        new ChildJvm(jdk)
                .jvm("--enable-native-access=ALL-UNNAMED")
                .agent("count=on")
                .program(WaysIn.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactlyElementsOf(ways);
    }
}
