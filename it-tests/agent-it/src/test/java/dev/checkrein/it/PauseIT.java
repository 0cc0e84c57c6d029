package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.JdkInFlight;
import dev.checkrein.it.programs.PausedWriters;
import java.time.Duration;

/** While a pause holds, nothing that was rewritten has an effect. */
class PauseIT {
    private static final String PAUSES = System.getProperty("soak.snapshots", "60");
    private static final String HOLD_MICROS = "1000";

    @EveryJdk
    void nothingMovesDuringAPause(Jdk jdk) {
        nothingMoves(new ChildJvm(jdk).agent());
    }

    @EveryJdk
    void nothingMovesWithFlagsFromTheStart(Jdk jdk) {
        nothingMoves(new ChildJvm(jdk).agent("freeze=on"));
    }

    @EveryJdk
    void nothingMovesUnderTheInterpreter(Jdk jdk) {
        nothingMoves(new ChildJvm(jdk).jvm("-Xint").agent());
    }

    @EveryJdk
    void nothingMovesInCodeOfTheFirstCompiler(Jdk jdk) {
        nothingMoves(new ChildJvm(jdk).jvm("-XX:TieredStopAtLevel=1").agent());
    }

    @EveryJdk
    void nothingMovesUnderSerial(Jdk jdk) {
        nothingMoves(new ChildJvm(jdk).jvm("-XX:+UseSerialGC").agent());
    }

    @EveryJdk
    void nothingMovesUnderParallel(Jdk jdk) {
        nothingMoves(new ChildJvm(jdk).jvm("-XX:+UseParallelGC").agent());
    }

    @EveryJdk
    void nothingMovesUnderZ(Jdk jdk) {
        nothingMoves(new ChildJvm(jdk).jvm("-XX:+UseZGC").agent());
    }

    @EveryJdk
    void nothingMovesUnderShenandoah(Jdk jdk) {
        nothingMoves(new ChildJvm(jdk)
                .jvm("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseShenandoahGC") // not every JDK has it
                .agent());
    }

    @EveryJdk
    void nothingMovesWhereTheCollectionsPollToo(Jdk jdk) {
        nothingMoves(new ChildJvm(jdk).agent("include=**:java.util.**"));
    }

    /** Who comes in by an entry would not stop. */
    @EveryJdk
    void isRefusedWhereEntriesDoNotPoll(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("polls=loops")
                .program(PausedWriters.class, PAUSES, HOLD_MICROS)
                .run()
                .fails()
                .assertErr()
                .anyMatch(line -> line.contains("Have it contain \"entries\""));
    }

    /** Code outside may finish what it was in the middle of, and nothing of ours follows from that. */
    @EveryJdk
    void whatTheJdkDoesByItselfIsNotStopped(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(JdkInFlight.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "done before: false",
                        "done while it holds: true, followed: false",
                        "followed afterwards: true");
    }

    private static void nothingMoves(ChildJvm jvm) {
        jvm.limit(Duration.ofMinutes(5).plusMillis(100 * Long.parseLong(PAUSES)))
                .program(PausedWriters.class, PAUSES, HOLD_MICROS)
                .run()
                .succeeds()
                .assertOut()
                .contains(
                        "snapshot: " + PAUSES + " pauses, 0 timeouts",
                        "debug: 1 pauses, 0 timeouts",
                        "handshake: once for each",
                        "moved: []")
                .noneMatch(line -> line.startsWith("rehearsal"));
    }
}
