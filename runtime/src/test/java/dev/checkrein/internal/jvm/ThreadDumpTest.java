package dev.checkrein.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.TestThread;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** A thread dump says who holds what, and who waits for whom. */
class ThreadDumpTest {
    private final ReentrantLock lock = new ReentrantLock();
    private final Object monitor = new Object();

    @Test
    void namesHoldersAndThoseWhoWait() {
        lock.lock();
        TestThread<?> waiting = TestThread.start(this::lockInMonitor).awaitBlocked();
        String dump = ThreadDump.ofAllThreads();
        lock.unlock();
        waiting.result();
        String self = Thread.currentThread().getName();
        assertThat(of("worker", dump))
                .startsWith("\"worker\" #")
                .contains(" daemon WAITING")
                .contains("ThreadDumpTest.lockInMonitor(ThreadDumpTest.java:")
                .containsPattern("- waiting for java.util.concurrent.locks.ReentrantLock.*, held by \"" + self + "\" #")
                .containsPattern("lockInMonitor.*\\R\t- locked java.lang.Object@");
        assertThat(of(self, dump)).startsWith("\"" + self + "\" #");
    }

    private Object lockInMonitor() {
        synchronized (monitor) {
            lock.lock();
            lock.unlock();
            return null;
        }
    }

    private static String of(String thread, String dump) {
        int begin = dump.indexOf('"' + thread + '"');
        return dump.substring(begin, dump.indexOf(System.lineSeparator() + System.lineSeparator(), begin));
    }
}
