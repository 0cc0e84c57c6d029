package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.PollTime;

/** What share of the time polls take. */
class PollTimeIT {
    private static final String SHARE = "share: ";

    @EveryJdk
    void isLargerForAProgramThatPollsMore(Jdk jdk) {
        double inLoops = share(jdk, "in loops");
        double inTheJdk = share(jdk, "in the JDK");
        assertThat(inLoops).as("share of a loop that polls").isGreaterThan(0).isLessThan(1);
        assertThat(inTheJdk).as("share beside the JDK").isGreaterThan(0).isLessThan(inLoops / 2);
    }

    @EveryJdk
    void isNotKnownUnlessPollsAreCounted(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(PollTime.class, "in loops")
                .run()
                .succeeds()
                .assertOut()
                .first()
                .isEqualTo("unknown");
    }

    private static double share(Jdk jdk, String where) {
        FinishedJvm jvm = new ChildJvm(jdk)
                .agent("count=on")
                .program(PollTime.class, where)
                .run()
                .succeeds();
        jvm.assertOut().hasSize(2).last().isEqualTo("measuring left alone: true");
        return Double.parseDouble(jvm.out().get(0).substring(SHARE.length()));
    }
}
