package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.PauseSoak;
import java.time.Duration;

/** No wake-up is lost and nothing hangs in very many pauses: 20,000, or a million with the profile {@code soak}. */
class PauseSoakIT {
    private static final String PAUSES = System.getProperty("soak.pauses", "20000");

    @EveryJdk
    void pausesWithoutEnd(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .limit(Duration.ofMinutes(5).plusMillis(10 * Long.parseLong(PAUSES)))
                .program(PauseSoak.class, PAUSES)
                .run()
                .succeeds()
                .assertOut()
                .contains("paused " + PAUSES + " times");
    }
}
