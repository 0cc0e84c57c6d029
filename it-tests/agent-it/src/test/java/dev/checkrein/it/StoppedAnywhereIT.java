package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.DeadRequesters;
import dev.checkrein.it.programs.FrozenVirtual;
import dev.checkrein.it.programs.HeldLocks;
import dev.checkrein.it.programs.InitialisedMeanwhile;
import org.junit.jupiter.api.Assumptions;

/** Wherever threads are stopped, whatever they hold and whoever stopped them: the next pause comes about, and they go on. */
class StoppedAnywhereIT {
    @EveryJdk
    void whileTheyHoldLocksThatEverybodyNeeds(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(HeldLocks.class, "200")
                .run()
                .succeeds()
                .assertOut()
                .containsExactly("paused 200 times");
    }

    @EveryJdk
    void whileTheyInitialiseAClassThatAnotherWaitsFor(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(InitialisedMeanwhile.class, "20")
                .run()
                .succeeds()
                .assertOut()
                .containsExactly("paused 20 times");
    }

    @EveryJdk
    void bySomebodyWhoDies(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(DeadRequesters.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly("one that dies holds nobody up", "one that hangs holds nobody up");
    }

    @EveryJdk
    void onACarrierThatOthersNeed(Jdk jdk) {
        Assumptions.assumeTrue(jdk.feature() >= 21, "has virtual threads"); // there are none before
        new ChildJvm(jdk)
                .jvm("-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                .agent()
                .program(FrozenVirtual.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "another ran while it stood: true",
                        "another ran while one stood pinned: false",
                        "one waits for the carrier of a pinned one: true");
    }
}
