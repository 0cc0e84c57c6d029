package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.nio.file.Path;
import java.util.List;

/** The sample that shows what all this is for. */
class PluginHostIT {
    private static final double LONGEST_MILLIS = 250;
    private static final List<String> PLUGINS = List.of("script", "regex", "stubborn", "sleeper", "database");
    private static final int MILLIS_COLUMN = 3;

    /** It exits with 0 only if the well-behaved plugin never missed an answer and the database answered after its reload. */
    @EveryJdk
    void everyMisbehavingPluginEndsSoonAfterItsDeadline(Jdk jdk) {
        FinishedJvm jvm = host(new ChildJvm(jdk).agent("include=**:java.util.regex.*"))
                .run()
                .succeeds();
        for (String plugin : PLUGINS) {
            jvm.assertOut()
                    .filteredOn(line -> line.matches(plugin + " +\\|.*"))
                    .singleElement()
                    .satisfies(row -> assertThat(Double.parseDouble(row.split("\\|")[MILLIS_COLUMN].trim()))
                            .as(() -> "milliseconds from deadline to stop in: " + String.join("\n", jvm.out()))
                            .isBetween(0.0, LONGEST_MILLIS));
        }
        jvm.assertOut().last().asString().startsWith("All 5 were stopped, the database was loaded anew and answered");
    }

    /** What the agent is for: without it the same program must say that it failed. */
    @EveryJdk
    void withoutTheAgentTheySpinOn(Jdk jdk) {
        FinishedJvm jvm = host(new ChildJvm(jdk)).run().fails();
        jvm.assertOut().anyMatch(line -> line.startsWith("- script was not stopped"));
        jvm.assertErr().anyMatch(line -> line.contains("polls are not installed"));
    }

    private static ChildJvm host(ChildJvm jvm) {
        Path jar = Products.built("sample-apps/plugin-host/target/plugin-host.jar");
        return jvm.jar(jar);
    }
}
