package dev.checkrein.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.internal.pause.VirtualThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Lists threads as they are. */
class ThreadListInstallTest {
    @Test
    void listsThoseOfThePlatform() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        ThreadList list = ThreadList.of(ByteBuddyAgent.install());
        assertThat(list.live()).contains(Thread.currentThread()).doesNotContain(thread);
        thread.start();
        assertThat(list.live()).contains(thread);
        assertThat(VirtualThreads.areServedBy(thread)).isFalse();
        end.countDown();
        thread.join();
        assertThat(list.live()).doesNotContain(thread);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21) // there are none before
    void listsVirtualOnesThatRun() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        AtomicBoolean end = new AtomicBoolean();
        Thread[] virtual = new Thread[2];
        Executor executor = (Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        for (int i = 0; i < virtual.length; i++) {
            int index = i;
            executor.execute(() -> {
                virtual[index] = Thread.currentThread();
                running.countDown();
                spin(end);
            });
        }
        running.await();
        ThreadList list = ThreadList.of(ByteBuddyAgent.install());
        assertThat(list.live()).contains(virtual);
        assertThat(list.live()).anyMatch(VirtualThreads::areServedBy);
        end.set(true);
    }

    /** Without a monitor: the one that waits for it would be BLOCKED. */
    private static void spin(AtomicBoolean end) {
        while (!end.get()) {
            Thread.onSpinWait();
        }
    }
}
