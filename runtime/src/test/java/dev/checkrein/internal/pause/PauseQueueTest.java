package dev.checkrein.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.TestThread;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Waiting makes urgent: a request that is not starves for nobody. */
class PauseQueueTest {
    private static final int FAR_MORE_URGENT_THAN_A_STEP = 2;

    private final PauseQueue queue = new PauseQueue();
    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void whoHasWaitedLongComesBeforeWhoIsMoreUrgent() {
        queue.tryTake(0);
        TestThread<Object> patient = ask("patient", 0).awaitBlocked();
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(100 * (FAR_MORE_URGENT_THAN_A_STEP + 1))) {
            Thread.onSpinWait(); // ages: the subject
        }
        TestThread<Object> urgent = ask("urgent", FAR_MORE_URGENT_THAN_A_STEP).awaitBlocked();
        queue.end();
        patient.result();
        urgent.result();
        assertThat(order).containsExactly("patient", "urgent");
    }

    private TestThread<Object> ask(String name, int priority) {
        return TestThread.start(() -> {
            assertThat(queue.take(priority, System.nanoTime() + TimeUnit.SECONDS.toNanos(20)))
                    .isNotNull();
            order.add(name);
            queue.end();
            return null;
        });
    }
}
