package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording says of stalls. */
class RecordedStallTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void eachLevelIsAnEvent(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording();
                Watchdog dog = Watchdog.builder()
                        .byHand(nanos::get)
                        .warnAfter(Duration.ofSeconds(2))
                        .reportAfter(Duration.ofSeconds(4))
                        .build()) {
            recording.start();
            Blocker blocker = new Blocker();
            TestThread<String> worker = TestThread.start(() -> dog.call("import", blocker));
            worker.awaitBlocked();
            for (int i = 0; i < 10; i++) {
                dog.checkNow();
                nanos.addAndGet(Duration.ofMillis(500).toNanos());
            }
            blocker.letGo();
            assertThat(worker.result()).isEqualTo("let go");
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> stalls = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("checkrein.Stall"))
                .toList();
        assertThat(stalls).extracting(event -> event.getString("level")).containsExactly("WARN", "REPORT");
        assertThat(stalls).allSatisfy(event -> {
            assertThat(event.getString("watch")).isEqualTo("import");
            assertThat(event.getString("thread")).isEqualTo("worker");
            assertThat(event.getString("verdict")).isEqualTo("BLOCKED");
            assertThat(event.getString("stack")).contains("Blocker.call");
        });
        assertThat(stalls.get(0).getDuration("silent")).isEqualTo(Duration.ofSeconds(2));
    }
}
