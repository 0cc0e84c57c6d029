package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.Nested;
import dev.checkrein.it.programs.Recorded;

/** The JDK's flight recorder beside the agent. It rewrites the classes of events itself when somebody begins to record. */
class RecorderIT {
    private static final String[] INSISTING = {
        "insisting reached WAKE, on main",
        "insisting reached POLITE, on main",
        "insisting reached FIRM, on main",
        "insisting reached INSIST, on main",
        "insisting ended by CANCEL, on main"
    };

    @EveryJdk
    void recordsFromTheStartOfTheJvm(Jdk jdk) {
        FinishedJvm jvm = new ChildJvm(jdk)
                .jvm("-XX:StartFlightRecording:dumponexit=false", "-Xlog:jfr*=off")
                .agent()
                .program(Recorded.class)
                .run()
                .succeeds();
        jvm.assertOut().containsSubsequence(INSISTING).contains("late ended by DEADLINE, on main");
    }

    /** The agent has loaded the events by then. */
    @EveryJdk
    void recordsFromAnyMomentOn(Jdk jdk) {
        FinishedJvm jvm =
                new ChildJvm(jdk).agent().program(Recorded.class, "later").run().succeeds();
        jvm.assertOut()
                .containsSubsequence(INSISTING)
                .contains("late ended by DEADLINE, on main")
                .noneMatch(line -> line.startsWith("unseen") || line.startsWith("rehearsal"));
    }

    /** As an application does that has its own runtime image. */
    @EveryJdk
    void nobodyMissesARecorderThatIsNotThere(Jdk jdk) {
        new ChildJvm(jdk)
                .jvm("--limit-modules", "java.base,java.instrument,java.logging")
                .agent()
                .program(Nested.class)
                .run()
                .succeeds()
                .assertOut()
                .contains("inner survives its sibling: yes");
    }
}
