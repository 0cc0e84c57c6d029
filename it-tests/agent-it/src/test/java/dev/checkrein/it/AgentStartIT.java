package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.Hello;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Starting the agent: silent when all is well, one message when it is not. */
class AgentStartIT {
    @EveryJdk
    void printsNothingOfItsOwn(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(Hello.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly("hello");
    }

    /** The JVM prints warnings, such as that class data sharing was turned off, to its standard output. */
    @EveryJdk
    void makesTheJvmWarnOfNothing(Jdk jdk) {
        new ChildJvm(jdk)
                .jvm("-Xlog:all=warning:stdout", "-Xverify:all", "-Xshare:auto")
                .agent()
                .program(Hello.class)
                .run()
                .assertOut()
                .filteredOn(line -> !aboutThisMachine(line) && !line.contains("-Xverify:all"))
                .containsExactly("hello");
    }

    /** What a JVM has to say of the machine it runs on, agent or not. */
    private static boolean aboutThisMachine(String line) {
        return line.contains("[os") || line.contains("[pagesize") || line.contains("[cgroup") || line.contains("[gc");
    }

    /** Archived classes come from the shared archive still: appending to the boot class path would end that. */
    @EveryJdk
    void leavesClassDataSharingOn(Jdk jdk) {
        new ChildJvm(jdk)
                .jvm("-Xshare:on", "-Xlog:class+load:stdout")
                .agent()
                .program(Hello.class)
                .run()
                .succeeds()
                .assertOut()
                .filteredOn(line -> line.contains("source: shared objects file"))
                .hasSizeGreaterThan(300);
    }

    @EveryJdk
    void opensNothingToTheApplication(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(dev.checkrein.it.programs.Intruder.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly("String.value: InaccessibleObjectException", "poll flag: InaccessibleObjectException");
    }

    @EveryJdk
    void refusesAnUnknownOption(Jdk jdk) {
        refuses(jdk, "inclde=com.acme.**")
                .containsExactly(
                        "checkrein: unknown option \"inclde\" in the agent argument."
                                + " Valid keys: include, exclude, polls, elide, scope, shield, freeze, count, signals, config, onError");
    }

    @EveryJdk
    void refusesAnUnknownKindOfPoll(Jdk jdk) {
        refuses(jdk, "polls=loop")
                .containsExactly("checkrein: polls=loop: \"loop\" is no kind of poll."
                        + " Valid: any of loops, entries, allocations, joined by colons");
    }

    @EveryJdk
    void refusesAFileThatIsNotThere(Jdk jdk) {
        refuses(jdk, "config=/not/there.properties")
                .singleElement()
                .asString()
                .startsWith("checkrein: config=/not/there.properties cannot be read")
                .endsWith(
                        "any of: include, exclude, polls, elide, scope, shield, freeze, count, signals, config, onError");
    }

    @EveryJdk
    void refusesToBeInstalledTwice(Jdk jdk) {
        FinishedJvm jvm = new ChildJvm(jdk)
                .agentAsGiven("")
                .agentAsGiven("")
                .program(Hello.class)
                .run()
                .fails();
        jvm.assertErr().singleElement().asString().contains("already installed");
        jvm.assertOut().isEmpty();
    }

    @EveryJdk
    void takesOptionsFromEverywhere(Jdk jdk, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("checkrein.properties");
        Files.writeString(file, "include=com.nobody.**\npolls=entries\n");
        FinishedJvm jvm = new ChildJvm(jdk)
                .jvm("-Dcheckrein.config=" + file)
                .environment("CHECKREIN_POLLS", "loops")
                .agent("include=dev.checkrein.it.**")
                .program(dev.checkrein.it.programs.PrintStatus.class)
                .run()
                .succeeds();
        jvm.assertOut().contains("loop polls: true", "entry polls: false");
        assertThat(file).exists();
    }

    private static org.assertj.core.api.ListAssert<String> refuses(Jdk jdk, String options) {
        FinishedJvm jvm = new ChildJvm(jdk)
                .agentAsGiven(options)
                .program(Hello.class)
                .run()
                .fails();
        jvm.assertOut().isEmpty();
        return jvm.assertErr();
    }
}
