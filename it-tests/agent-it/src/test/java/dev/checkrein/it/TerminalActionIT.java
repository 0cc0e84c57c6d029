package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.Unstoppable;

/** What the host has said is to happen when a thread cannot be stopped. */
class TerminalActionIT {
    private static final int STATUS = 42;
    private static final int STATUS_OF_HOOK = 43;

    private static FinishedJvm run(Jdk jdk, String action) {
        FinishedJvm jvm =
                new ChildJvm(jdk).agent().program(Unstoppable.class, action).run();
        jvm.assertErr().anyMatch(line -> line.contains("thread \"unstoppable\" has not ended its call"));
        return jvm;
    }

    @EveryJdk
    void exitsWhenTheReportIsLogged(Jdk jdk) {
        FinishedJvm jvm = run(jdk, "exit");
        assertThat(jvm.exitCode()).isEqualTo(STATUS);
        jvm.assertOut().containsExactly("hook");
    }

    @EveryJdk
    void haltsWithoutShutdownHooks(Jdk jdk) {
        FinishedJvm jvm = run(jdk, "halt");
        assertThat(jvm.exitCode()).isEqualTo(STATUS);
        jvm.assertOut().isEmpty();
    }

    @EveryJdk
    void haltsWhileAShutdownHookHangs(Jdk jdk) {
        assertThat(run(jdk, "hanging").exitCode()).isEqualTo(STATUS_OF_HOOK);
    }

    @EveryJdk
    void dumpsAllThreads(Jdk jdk) {
        FinishedJvm jvm = run(jdk, "dump");
        assertThat(jvm.exitCode()).isZero();
        jvm.assertErr()
                .anyMatch(line -> line.startsWith("\"unstoppable\" #") && line.endsWith(" RUNNABLE"))
                .anyMatch(line -> line.startsWith("\"main\" #") && line.endsWith(" WAITING"))
                .anyMatch(line -> line.contains("- waiting for java.util.concurrent.CountDownLatch$Sync@"));
    }
}
