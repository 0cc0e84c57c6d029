package dev.checkrein.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.TestThread;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Listeners may do anything, and whoever finds something does not wait for them. */
class TellerTest {
    private static final int MORE_THAN_ARE_KEPT = 300;

    private final Queue<Level> told = new ConcurrentLinkedQueue<>();

    private static Finding finding(Level level) {
        Watched watched = new Watched("work", Thread.currentThread(), false, null);
        return new Finding(watched, level, Verdict.SLOW, Thread.currentThread(), 1, new StackTraceElement[0]);
    }

    @Test
    void oneThatFailsIsToldTheNextToo() {
        Teller teller = new Teller("tells", finding -> {
            told.add(finding.level());
            throw new AssertionError("on purpose");
        });
        teller.accept(finding(Level.WARN));
        teller.accept(finding(Level.CANCEL));
        TestThread.eventually("both are told", () -> told.size() == 2);
        assertThat(told).containsExactly(Level.WARN, Level.CANCEL);
    }

    @Test
    void oneThatHangsKeepsNobodyWaitingAndSomeForLater() {
        CountDownLatch hang = new CountDownLatch(1);
        Teller teller = new Teller("tells", finding -> {
            told.add(finding.level());
            try {
                hang.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        teller.accept(finding(Level.WARN));
        TestThread.eventually("it hangs", () -> !told.isEmpty());
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            teller.accept(finding(Level.REPORT));
        }
        hang.countDown();
        TestThread.eventually("those kept are told", () -> told.size() == 101);
    }
}
