package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.CancelledTasks;
import org.junit.jupiter.api.Assumptions;

/** An executor ends tasks that do not cooperate, and keeps its workers. */
class ExecutorIT {
    private static final String[] ENDED = {
        "cancelled: true, by CancellationError",
        "swallows: TimeoutException by CancellationError",
        "by a completion service: TimeoutException by CancellationError",
        "any: TimeoutException by CancellationError",
        "future cancelled: true, by CancellationError",
        "future completed: instead, by CancellationError",
        "left over: quick, cancelled true",
        "worker is the same: true",
        "raced: returned true, cancelled true",
        "worker is the same: true",
        "thread: by CancellationError",
        "shut down: returned true, cancelled true, by CancellationError"
    };

    @EveryJdk
    void endsTasksOfAPool(Jdk jdk) {
        new ChildJvm(jdk)
                .agent()
                .program(CancelledTasks.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(ENDED);
    }

    /** The JDK's executors and futures among it. */
    @EveryJdk
    void endsTasksOfAPoolWhereTheJdkPollsToo(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("include=**:java.util.**")
                .program(CancelledTasks.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(ENDED);
    }

    @EveryJdk
    void endsTasksOnVirtualThreads(Jdk jdk) {
        Assumptions.assumeTrue(jdk.feature() >= 21, "has virtual threads"); // there are none before
        new ChildJvm(jdk)
                .agent()
                .program(CancelledTasks.class, "virtual")
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(ENDED);
    }
}
