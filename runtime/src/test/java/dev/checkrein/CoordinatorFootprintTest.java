package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A coordinator that nobody has asked for a pause takes little memory: a guest VM makes one for each VM in it. */
class CoordinatorFootprintTest {
    private static final int COUNT = 1_000;
    private static final long MOST_BYTES = 1_024;

    @Test
    void anIdleOneTakesLessThanAKilobyte() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SafepointCoordinator[] kept = new SafepointCoordinator[COUNT];
        long bytes = 0;
        for (int turn = 0; turn < 2; turn++) { // the first one loads classes
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < COUNT; i++) {
                kept[i] = SafepointCoordinator.create();
                kept[i].poll();
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(kept).doesNotContainNull();
        assertThat(bytes / COUNT).isBetween(1L, MOST_BYTES - 1); // all it has ever allocated, so it keeps no more
    }
}
