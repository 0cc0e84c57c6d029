package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.internal.bridge.CurrentEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** That deadlines can only interrupt is told once, when it first matters. */
class WarningWithoutAgentTest {
    private final List<LogRecord> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void isToldAtTheFirstCallAndNeverAgain() throws Exception {
        Logger logger = Logger.getLogger("dev.checkrein");
        Handler handler = new Recorder();
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        CurrentEngine current = CurrentEngine.isNotFoundYet();
        try {
            CancellationScope scope = CancellationScope.named("work");
            assertThat(scope.token().isCancelled()).isFalse();
            assertThat(Checkrein.isInstalled()).isFalse();
            assertThat(told).as("before any call").isEmpty();
            List<TestThread<?>> workers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                workers.add(TestThread.start(() -> scope.call(() -> 1)));
            }
            workers.forEach(TestThread::result);
            scope.call(() -> 2);
            assertThat(told).singleElement().satisfies(record -> {
                assertThat(record.getLevel()).isEqualTo(Level.WARNING);
                assertThat(record.getMessage())
                        .contains("polls are not installed in this JVM")
                        .contains("-javaagent:checkrein-agent.jar");
            });
        } finally {
            current.restore();
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
    }

    private final class Recorder extends Handler {
        @Override
        public void publish(LogRecord record) {
            told.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
