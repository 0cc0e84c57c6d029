package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.soak.CancelSoak;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ListAssert;

/**
 * Very many cancels at random moments leave nothing behind as long as they are polite: 2,000, or a hundred thousand with the profile
 * {@code soak}.
 */
class CancelSoakIT {
    private static final String CANCELS = System.getProperty("soak.cancels", "2000");

    /** Enough to break something of most kinds. */
    private static final String RUDE_CANCELS = "1000";

    @EveryJdk
    void leavesNothingBehind(Jdk jdk) {
        leavesNothing(new ChildJvm(jdk).agent());
    }

    @EveryJdk
    void leavesNothingBehindWhereTheJdkPollsToo(Jdk jdk) {
        leavesNothing(new ChildJvm(jdk).agent("include=**:java.util.**"));
    }

    /** Rude cancels do leave something, and it is noticed: so the others could not have left it unseen. */
    @EveryJdk
    void wouldNoticeWhatIsLeftBehind(Jdk jdk) {
        run(new ChildJvm(jdk).agent(), RUDE_CANCELS, "rude")
                .anySatisfy(line -> assertThat(line).contains("damage: lock held"))
                .anySatisfy(line -> assertThat(line).contains("damage: resource left open"))
                .anySatisfy(line -> assertThat(line).matches("damage: .*(torn|differ|lost).*"));
    }

    private static void leavesNothing(ChildJvm child) {
        List<String> parts = List.of("between=", "cleanup=", "inside=", "CancellationError=", "InterruptedException=");
        run(child, CANCELS, "polite")
                .contains("damages: 0")
                .satisfies(lines -> assertThat(String.join(" ", lines)).contains(parts));
    }

    private static ListAssert<String> run(ChildJvm child, String cancels, String how) {
        return child.limit(Duration.ofMinutes(2).plusMillis(20 * Long.parseLong(cancels)))
                .program(CancelSoak.class, cancels, how)
                .run()
                .succeeds()
                .assertOut();
    }
}
