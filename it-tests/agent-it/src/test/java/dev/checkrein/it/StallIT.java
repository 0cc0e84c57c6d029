package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.RunningJvm;
import dev.checkrein.it.programs.BusyMachine;
import dev.checkrein.it.programs.Stalls;
import dev.checkrein.it.programs.Suspended;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Watchdogs find threads that get nowhere, tell them apart, and leave others alone. */
class StallIT {
    private static final String DEAF = "exclude=dev.checkrein.it.programs.DeafLoop";

    private static final List<String> FOUND = List.of(
            "sleeps: WARN BLOCKED, CANCEL BLOCKED, cancelled, by InterruptedException",
            "parks and beats no more: WARN BLOCKED, CANCEL BLOCKED, cancelled, by InterruptedException",
            "waits for a monitor: WARN BLOCKED, CANCEL BLOCKED, REPORT BLOCKED, cancelled, by nothing",
            "loops: WARN SLOW, CANCEL SLOW, cancelled, by CancellationError",
            "does not poll: WARN STUCK, CANCEL STUCK, REPORT STUCK, cancelled, by nothing",
            "does not poll: WARN STUCK, CANCEL STUCK, REPORT STUCK, cancelled, by nothing",
            "stands still: returned well",
            "polls: returned well",
            "naps: returned well");

    @EveryJdk
    void theyAreToldApart(Jdk jdk) {
        FinishedJvm jvm = new ChildJvm(jdk).agent(DEAF).program(Stalls.class).run();
        jvm.assertOut().containsExactlyElementsOf(FOUND);
        jvm.assertErr()
                .anyMatch(
                        line -> line.matches(
                                ".*watch \"deaf\": thread \"main\" has given no sign of life for 0\\.3\\d\\d s; it runs and comes to no poll"));
    }

    /** The runtime itself uses the JDK, on the thread that is watched. */
    @EveryJdk
    void alsoWhereTheJdkPolls(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("include=**:java.lang.**:java.util.**," + DEAF)
                .program(Stalls.class)
                .run()
                .assertOut()
                .containsExactlyElementsOf(FOUND);
    }

    @EveryJdk
    void alsoOnVirtualThreads(Jdk jdk) {
        Assumptions.assumeTrue(jdk.feature() >= 21, "has virtual threads"); // there are none before
        List<String> found = new ArrayList<>(FOUND);
        found.add("sleeps on a virtual thread: WARN BLOCKED, CANCEL BLOCKED, cancelled, by InterruptedException");
        found.add("loops on a virtual thread: WARN SLOW, CANCEL SLOW, cancelled, by CancellationError");
        new ChildJvm(jdk)
                .agent(DEAF)
                .program(Stalls.class, "virtual")
                .run()
                .assertOut()
                .containsExactlyElementsOf(found);
    }

    /**
     * Twice as many busy threads as processors: 200 ms on one take half a second, which is more than the 400 ms that lead to a warning.
     * Where others make the machine busier still, it is starved; that is told, and is true.
     */
    @EveryJdk
    void onABusyMachineWhoBeatsIsLeftAlone(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(BusyMachine.class, "2", "200", "400", "800", "5000")
                .run()
                .assertOut()
                .filteredOn(line -> !line.equals("WARN STARVED"))
                .containsExactly("beats: true");
    }

    /** It has less than an eighth of a processor, and in four seconds not even the time that leads to a warning. */
    @EveryJdk
    void whoIsGivenNoProcessorIsToldOfAndNotEnded(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(BusyMachine.class, "8", "0", "1000", "1000", "4000")
                .run()
                .assertOut()
                .containsExactly("beats: false", "WARN STARVED");
    }

    @EveryJdk
    @EnabledOnOs(OS.LINUX)
    void aJvmThatWasSuspendedGivesNoAlarm(Jdk jdk) throws Exception {
        Duration cancel = Duration.ofMillis(800);
        try (RunningJvm jvm = new ChildJvm(jdk)
                .agent()
                .program(Suspended.class, String.valueOf(cancel.toMillis()), "20")
                .start()) {
            jvm.awaitOutput("ready");
            for (int i = 0; i < 3; i++) {
                signal("STOP", jvm);
                Thread.sleep(2 * cancel.toMillis()); // the subject: nothing of it runs for so long
                signal("CONT", jvm);
                Thread.sleep(cancel.toMillis()); // and then everything again
            }
            jvm.send("enough");
            assertThat(jvm.awaitOutput("found: ")).isEqualTo("found: []");
        }
    }

    private static void signal(String name, RunningJvm jvm) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(jvm.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}
