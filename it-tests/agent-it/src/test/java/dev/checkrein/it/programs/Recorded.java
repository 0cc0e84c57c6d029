package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import dev.checkrein.Escalation;
import dev.checkrein.EscalationPolicy;
import dev.checkrein.Shield;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Reads in a flight recording what happened to calls. It is the one that the JVM was started with; or, with an argument, one that begins
 * when calls have been ended before.
 */
public final class Recorded {
    private Recorded() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            runInto("unseen", Duration.ofMillis(20));
            awaitLoadedEvents();
            new Recording().start();
        }
        insist("insisting");
        runInto("late", Duration.ofMillis(20));
        Recording recording = FlightRecorder.getFlightRecorder().getRecordings().get(0);
        List<RecordedEvent> events = events(recording);
        while (events.stream().filter(Recorded::isEnd).count() < 2) { // they are recorded a moment later
            events = events(recording);
        }
        events.forEach(Recorded::print);
    }

    /** By the thread that brings them to the recorder, if there is one. */
    private static void awaitLoadedEvents() {
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("checkrein-recorder")
                        && thread.getState() == Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }
    }

    private static void runInto(String name, Duration deadline) throws Exception {
        try {
            CancellationScope.named(name).withDeadline(deadline).run(() -> {
                long turns = 0;
                while (turns >= 0) {
                    turns = (turns + 1) % 100;
                }
            });
        } catch (TimeoutException asItShouldBe) {
            return;
        }
        throw new IllegalStateException("has returned");
    }

    /** Is shielded until it has been insisted. */
    private static void insist(String name) throws Exception {
        CountDownLatch insisted = new CountDownLatch(1);
        CancellationScope scope = CancellationScope.named(name)
                .withPolicy(EscalationPolicy.defaults().withListener(step -> {
                    if (step.rung() == Escalation.Rung.INSIST) {
                        insisted.countDown();
                    }
                }));
        try {
            scope.run(() -> {
                try (Shield shield = Shield.enter()) {
                    scope.cancel("enough");
                    while (shield != null && insisted.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                }
            });
        } catch (CancellationException asItShouldBe) {
            return;
        }
        throw new IllegalStateException("has returned");
    }

    private static List<RecordedEvent> events(Recording recording) throws Exception {
        Path file = Files.createTempFile("recorded", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("checkrein."))
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isEnd(RecordedEvent event) {
        return event.getEventType().getName().equals("checkrein.CallEnded");
    }

    private static void print(RecordedEvent event) {
        boolean end = isEnd(event);
        System.out.println(event.getString("scope") + (end ? " ended by " : " reached ")
                + event.getString(end ? "kind" : "rung")
                + ", on " + event.getString("thread")
                + (end || event.getString("stack").contains(Recorded.class.getName()) ? "" : ", elsewhere"));
    }
}
