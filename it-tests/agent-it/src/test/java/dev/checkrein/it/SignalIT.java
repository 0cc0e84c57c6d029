package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import dev.checkrein.it.harness.RunningJvm;
import dev.checkrein.it.programs.Hello;
import dev.checkrein.it.programs.Signalled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;

/** Signals of the operating system have the agent tell what goes on. */
class SignalIT {
    @EveryJdk
    void tellsWhatGoesOn(Jdk jdk) throws Exception {
        try (RunningJvm jvm = new ChildJvm(jdk)
                .agent("signals=WINCH@report:USR1@dump")
                .program(Signalled.class)
                .start()) {
            jvm.awaitOutput("reads");
            jvm.send("first");
            jvm.awaitOutput("has begun: first");
            signal(jvm, "kill -WINCH");
            jvm.awaitOutput("checkrein: report");
            jvm.awaitOutput("requests: 1");
            jvm.awaitOutput("first in thread \"thread of first\" (RUNNABLE)");
            signal(jvm, "kill -USR1");
            jvm.awaitOutput("checkrein: dump of all threads, 1 of which stand still at polls");
            jvm.awaitOutput("\"thread of first\" #");
        }
    }

    @EveryJdk
    void hearsEachOfThemHoweverManyThereWere(Jdk jdk) throws Exception {
        try (RunningJvm jvm = new ChildJvm(jdk)
                .agent("signals=SIGWINCH@report:USR1@dump")
                .program(Signalled.class)
                .start()) {
            jvm.awaitOutput("reads");
            jvm.send("first");
            jvm.awaitOutput("has begun: first");
            signal(jvm, "for i in $(seq 1000); do kill -USR1 $0; done; kill -USR1");
            jvm.awaitOutput("checkrein: dump of all threads");
            jvm.send("last");
            jvm.awaitOutput("has begun: last");
            signal(jvm, "kill -WINCH");
            jvm.awaitOutput("last in thread \"thread of last\"");
        }
    }

    /** As nohup has it; this test may run by that itself, and so do the others without HUP. */
    @EveryJdk
    void saysThatOneIsIgnored(Jdk jdk) throws Exception {
        String java = jdk.program("java").toString();
        String agent = "-javaagent:" + Products.agentJar() + "=signals=HUP@dump";
        Process shell = new ProcessBuilder("sh", "-c", "trap '' HUP; exec \"$@\"", "sh", java, agent, "-version")
                .redirectErrorStream(true)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assertions.assertThat(printed)
                .contains(
                        "checkrein: signal HUP will not be heard: this process was started to ignore it, as nohup does");
        Assertions.assertThat(shell.waitFor()).isZero();
    }

    @EveryJdk
    void refusesOneThatCannotBeHad(Jdk jdk) {
        refuses(jdk, "QUIT@dump", "signals=QUIT: signal QUIT cannot be had: Signal already used by VM or OS: SIGQUIT");
        refuses(jdk, "USR2@dump", "signals=USR2: signal USR2 cannot be had: the JVM needs it itself");
        refuses(jdk, "FOO@dump", "signals=FOO: signal FOO cannot be had: Unknown signal: FOO");
        refuses(
                jdk,
                "HUP=>dump",
                "signals=HUP=>dump: \"HUP=>dump\" is not of the form NAME@ACTION. Valid actions: report, dump");
    }

    private static void refuses(Jdk jdk, String signals, String message) {
        new ChildJvm(jdk)
                .agent("signals=" + signals)
                .program(Hello.class)
                .run()
                .fails()
                .assertErr()
                .anyMatch(line -> line.contains(message));
    }

    /** @param command of the shell, without the process at its end, which is {@code $0} besides */
    private static void signal(RunningJvm jvm, String command) throws IOException, InterruptedException {
        String pid = String.valueOf(jvm.pid());
        Process shell =
                new ProcessBuilder("sh", "-c", command + " $0", pid).inheritIO().start();
        Assertions.assertThat(shell.waitFor()).isZero();
    }
}
