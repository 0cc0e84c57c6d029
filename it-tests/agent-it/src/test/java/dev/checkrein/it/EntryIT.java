package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.WaysIn;

/** However code outside comes into rewritten code, it meets a poll at the entry. */
class EntryIT {
    @EveryJdk
    void everyWayInPolls(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("count=on")
                .program(WaysIn.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        // The first entry in each count is that of the code that tries it.
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
    }
}
