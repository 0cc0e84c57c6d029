package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.BareThreads;
import dev.checkrein.it.programs.UnloadedPlugin;

/** Threads end that know of no scope, and all that runs in a class loader's classes. */
class BareThreadIT {
    private static final String ENDED = "over true, by thread it was cancelled: enough";
    private static final String UNLOADED =
            "class loader \"plugin\" (dev.checkrein.it.programs.UnloadedPlugin$PluginLoader)"
                    + " was cancelled: unloaded";

    @EveryJdk
    void endsThreadsOfEveryKind(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(BareThreads.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "spins: " + ENDED,
                        "swallows: " + ENDED,
                        "sleeps: " + ENDED,
                        "in a scope: " + ENDED,
                        "virtual: " + (jdk.feature() < 21 ? "none" : ENDED),
                        "shielded: did what it was given: work",
                        "taken back: over false, then true, did all",
                        "submitted: ended 100, untouched 100, same worker true",
                        "executed: same worker false",
                        "idle: over true, next untouched true",
                        "forked: it is a worker of a ForkJoinPool, and which of its tasks it is at cannot be told. Have the"
                                + " work run in a CancellationScope, and cancel that",
                        "events: the loop has ended",
                        "thread \"fresh\" has not been started. A thread can be cancelled from its start on");
    }

    @EveryJdk
    void endsTheMainThread(Jdk jdk) {
        FinishedJvm finished =
                new ChildJvm(jdk).agent().program(BareThreads.class, "main").run();
        finished.assertOut().containsExactly("main has ended");
        finished.assertErr()
                .anyMatch(line -> line.contains("CancellationError: thread \"main\" was cancelled: enough"));
    }

    @EveryJdk
    void endsWhatRunsInALoader(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(UnloadedPlugin.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "Blocked: " + UNLOADED,
                        "Initialising: " + UNLOADED,
                        "Spinning: " + UNLOADED,
                        "UnloadedPluginLambda: scope's " + UNLOADED,
                        "collected: true",
                        "bystander lives: true");
    }
}
