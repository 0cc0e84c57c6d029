package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.IdleDeadlines;

/** A million deadlines that are pending cost little, and nothing when they are called off. */
class DeadlineCostIT {
    /** That is one percent. */
    private static final double MOST_CPU = 0.01;

    private static final double MOST_BYTES = 200;

    /** Less than a single reference. */
    private static final double MOST_BYTES_LEFT = 2;

    @EveryJdk
    void aMillionPendingOnesCostLittle(Jdk jdk) {
        FinishedJvm jvm = new ChildJvm(jdk)
                .jvm("-Xmx2g")
                .agent()
                .program(IdleDeadlines.class)
                .run()
                .succeeds();
        assertThat(figure(jvm, "share of a processor: ")).isBetween(0.0, MOST_CPU);
        assertThat(figure(jvm, "bytes while pending: ")).isBetween(32.0, MOST_BYTES); // or it measured nothing
        assertThat(figure(jvm, "bytes afterwards: ")).isLessThan(MOST_BYTES_LEFT);
    }

    private static double figure(FinishedJvm jvm, String name) {
        return jvm.out().stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }
}
