package dev.checkrein.internal.jfr;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.checkrein.CancellationScope;
import dev.checkrein.Escalation;
import dev.checkrein.EscalationPolicy;
import dev.checkrein.TestThread;
import dev.checkrein.internal.cancel.FakePolls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording says of calls that were asked to end. */
class FlightEventsTest {
    private final FlightEvents events = FlightEvents.load();
    private final CountDownLatch reported = new CountDownLatch(1);

    @TempDir
    private Path folder;

    @Test
    void nothingIsWantedUntilSomebodyRecords() {
        assertThat(events.wantsEscalations()).isFalse();
        assertThat(events.wantsCallsEnded()).isFalse();
        try (Recording recording = new Recording()) {
            recording.start();
            assertThat(events.wantsEscalations()).isTrue();
            assertThat(events.wantsCallsEnded()).isTrue();
        }
        assertThat(events.wantsEscalations()).isFalse();
    }

    @Test
    void eachCanBeSwitchedOffAlone() {
        try (Recording recording = new Recording()) {
            recording.disable("checkrein.Escalation");
            recording.start();
            assertThat(events.wantsEscalations()).isFalse();
            assertThat(events.wantsCallsEnded()).isTrue();
        }
    }

    @Test
    void aJvmWithoutARecorderRecordsNothing() {
        assertThat(FlightEvents.NONE.wantsEscalations()).isFalse();
        assertThat(FlightEvents.NONE.wantsCallsEnded()).isFalse();
        assertThatCode(() -> {
                    FlightEvents.NONE.escalation("", null, "", 0, "", null);
                    FlightEvents.NONE.callEnded("", null, "", 0, "");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void stacksThatAreDeepAreCut() throws IOException {
        StackTraceElement[] deep = new StackTraceElement[100];
        Arrays.fill(deep, new StackTraceElement("com.acme.Deep", "down", "Deep.java", 1));
        try (Recording recording = new Recording()) {
            recording.start();
            events.escalation("deep", Thread.currentThread(), "WAKE", 1, "why", deep);
            recording.stop();
            String stack = eventsOf(recording).get(0).getString("stack");
            assertThat(stack.lines()).hasSize(65).startsWith("com.acme.Deep.down(Deep.java:1)");
            assertThat(stack).endsWith("... 36 more");
        }
    }

    @Test
    void aCallThatIsEndedIsRecordedFromItsFirstRungToItsEnd() throws IOException {
        FakePolls polls = new FakePolls();
        try (polls;
                Recording recording = new Recording()) {
            recording.start();
            CancellationScope scope = CancellationScope.named("recorded")
                    .withPolicy(EscalationPolicy.defaults()
                            .withReport(Duration.ofMillis(5))
                            .withListener(step -> {
                                if (step.rung() == Escalation.Rung.REPORT) {
                                    reported.countDown();
                                }
                            }));
            TestThread<?> worker = TestThread.start(() -> scope.call(() -> {
                scope.cancel("enough");
                return spinUntilReported();
            }));
            assertThat(worker.thrown()).isInstanceOf(CancellationException.class);
            eventually("its end is recorded", () -> eventsOf(recording).stream().anyMatch(FlightEventsTest::isEnd));
            recording.stop();
            List<RecordedEvent> all = eventsOf(recording);
            assertThat(all)
                    .filteredOn(event -> !isEnd(event))
                    .extracting(event -> event.getString("rung"))
                    .containsExactly("WAKE", "REPORT");
            assertThat(all).allSatisfy(event -> {
                assertThat(event.getString("scope")).isEqualTo("recorded");
                assertThat(event.getString("thread")).isEqualTo("worker");
                assertThat(event.getLong("javaThreadId")).isPositive();
                assertThat(event.getString("why")).isEqualTo("scope \"recorded\" was cancelled: enough");
                assertThat(event.getDuration("sinceRequest")).isBetween(Duration.ZERO, Duration.ofMinutes(1));
            });
            RecordedEvent end = all.get(all.size() - 1);
            assertThat(end.getString("kind")).isEqualTo("CANCEL");
            assertThat(end.getDuration("sinceRequest")).isGreaterThanOrEqualTo(Duration.ofMillis(5));
            assertThat(all.get(all.size() - 2).getString("stack")).contains("FlightEventsTest.spinUntilReported");
        }
    }

    private Object spinUntilReported() {
        while (reported.getCount() > 0) {
            Thread.onSpinWait();
        }
        return null;
    }

    private static boolean isEnd(RecordedEvent event) {
        return event.getEventType().getName().equals("checkrein.CallEnded");
    }

    /** Of this package, in the order in which they were committed. */
    private List<RecordedEvent> eventsOf(Recording recording) {
        Path file = folder.resolve("recording.jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("checkrein."))
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
