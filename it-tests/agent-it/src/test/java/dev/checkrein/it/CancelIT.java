package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.Aftermaths;
import dev.checkrein.it.programs.Cleanup;
import dev.checkrein.it.programs.FullHeap;
import dev.checkrein.it.programs.Guarded;
import dev.checkrein.it.programs.Nested;
import dev.checkrein.it.programs.PooledRace;
import dev.checkrein.it.programs.Regex;
import dev.checkrein.it.programs.Runaways;
import dev.checkrein.it.programs.Sleeper;
import dev.checkrein.it.programs.SlowInitialiser;
import dev.checkrein.it.programs.TwoCopies;

/** Scopes end what runs in them, and nothing else. */
class CancelIT {
    private static final int RUNAWAYS = 25;

    @EveryJdk
    void endsEveryRunaway(Jdk jdk) {
        FinishedJvm jvm =
                new ChildJvm(jdk).agent().program(Runaways.class).run().succeeds();
        jvm.assertOut()
                .hasSize(RUNAWAYS)
                .allSatisfy(
                        line -> org.assertj.core.api.Assertions.assertThat(line)
                                .matches(
                                        ".*: timed out by (CancellationError|InterruptedException|ClosedByInterruptException)"));
    }

    @EveryJdk
    void endsEveryRunawayUnderTheInterpreter(Jdk jdk) {
        new ChildJvm(jdk)
                .jvm("-Xint")
                .agent()
                .program(Runaways.class)
                .run()
                .succeeds()
                .assertOut()
                .hasSize(RUNAWAYS);
    }

    /** The runtime itself uses the JDK, on the thread that is to be ended. */
    @EveryJdk
    void endsEveryRunawayWhereTheJdkPollsToo(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("include=**:java.lang.**:java.util.**,elide=off")
                .program(Runaways.class)
                .run()
                .succeeds()
                .assertOut()
                .hasSize(RUNAWAYS);
    }

    /** The second stop meets code that was compiled after the first, and polls that are armed already. */
    @EveryJdk
    void endsEveryRunawayAgainAndAgain(Jdk jdk) {
        int rounds = 4;
        new ChildJvm(jdk)
                .jvm("-XX:+UseParallelGC")
                .agent()
                .program(Runaways.class, String.valueOf(rounds))
                .run()
                .succeeds()
                .assertOut()
                .hasSize(rounds * RUNAWAYS)
                .allSatisfy(
                        line -> org.assertj.core.api.Assertions.assertThat(line).contains(": timed out by "));
    }

    @EveryJdk
    void endsEveryRunawayWhereEntriesReadAFlagFromTheStart(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("freeze=on")
                .program(Runaways.class, "2")
                .run()
                .succeeds()
                .assertOut()
                .hasSize(2 * RUNAWAYS);
    }

    /** By itself the JIT drops its polls from counted loops there, and what needs the JVM's help waits for their end. */
    @EveryJdk
    void endsEveryRunawayUnderTheSerialCollector(Jdk jdk) {
        new ChildJvm(jdk)
                .jvm("-XX:+UseSerialGC")
                .agent()
                .program(Runaways.class)
                .run()
                .succeeds()
                .assertOut()
                .hasSize(RUNAWAYS);
    }

    /** What fails meanwhile in the JVM itself it says on its standard error. */
    @EveryJdk
    void forgetsNoDeadlineWhileThereIsNoMemory(Jdk jdk) {
        new ChildJvm(jdk)
                .jvm("-Xmx64m", "-XX:+UseSerialGC")
                .agent()
                .program(FullHeap.class)
                .run()
                .assertOut()
                .containsExactly(
                        "fills it again and again: timed out by CancellationError",
                        "copies what does not fit: timed out by CancellationError",
                        "keeps it full, then spins: timed out by CancellationError");
    }

    @EveryJdk
    void endsARegularExpression(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("include=**:java.util.regex.*")
                .program(Regex.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly("timed out in java.util.regex", "rewritten: true", "still works: true");
    }

    @EveryJdk
    void leavesToTheHostWhatBecomesOfTheWork(Jdk jdk) {
        leavesToTheHost(new ChildJvm(jdk).agent());
    }

    @EveryJdk
    void leavesItToTheHostWhereTheJdkPollsToo(Jdk jdk) {
        leavesToTheHost(new ChildJvm(jdk).agent("include=**:java.util.**"));
    }

    private static void leavesToTheHost(ChildJvm jvm) {
        jvm.program(Aftermaths.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "retry: fresh state, run 3",
                        "quarantine: CancellationException, released: yes",
                        "fail fast: 3 ended because of it, [failing for the test, uncaught for the test]");
    }

    @EveryJdk
    void nestsScopes(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(Nested.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "inner deadline first: inner timed out, outer goes on",
                        "outer deadline first: outer timed out",
                        "outer cancelled: scope \"outer\" was cancelled: enough",
                        "inner survives its sibling: yes");
    }

    @EveryJdk
    void doesNotSlowDownWhatItMustNotEnd(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(SlowInitialiser.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly("timed out in reasonable time", "usable: true");
    }

    @EveryJdk
    void leavesCleanupWhole(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(Cleanup.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "finally runs: 012",
                        "try-with-resources closes: CancellationError, suppressed CancellationError",
                        "class being initialised: usable afterwards, 42",
                        "class that waits while it is initialised: usable afterwards, 43",
                        "finally that waits: not interrupted");
    }

    @EveryJdk
    void leavesWhatIsGuardedWholeAsLongAsItIsPolite(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(Guarded.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "synchronized block: 0",
                        "synchronized method: 0",
                        "synchronized in the JDK: 0",
                        "shield: 0",
                        "shield, soon firm: 0",
                        "impolite: true",
                        "impolite in the JDK: true",
                        "forced initialiser: WAKE told of initialiser, ended by CancellationError");
    }

    @EveryJdk
    void neverHitsTheNextTaskOfAPooledThread(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(PooledRace.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly("returned: true, cancelled: true");
    }

    @EveryJdk
    void neverHitsTheNextTaskWhereTheJdkPollsToo(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("include=**:java.util.**")
                .program(PooledRace.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly("returned: true, cancelled: true");
    }

    @EveryJdk
    void twoCopiesOfTheRuntimeWorkAsOne(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(TwoCopies.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "two copies: true",
                        "plugin: scope \"plugin\" was still busy at its deadline, 0.1 s after its start",
                        "plugin cleans up",
                        "host: scope \"host\" was still busy at its deadline, 0.2 s after its start",
                        "error of the host's copy: true");
    }

    @EveryJdk
    void interruptsWithoutTheAgentAndSaysSoOnce(Jdk jdk) {
        FinishedJvm jvm = new ChildJvm(jdk).program(Sleeper.class).run();
        String ended =
                "scope \"sleeper\" was still busy at its deadline, 0.1 s after its start," + " by InterruptedException";
        jvm.assertOut().containsExactly("installed: false", ended, ended, "interrupted: false");
        jvm.assertErr()
                .filteredOn(line -> line.contains("polls are not installed"))
                .hasSize(1);
    }
}
