package dev.checkrein.internal.watch;

import dev.checkrein.internal.jfr.FlightEvents;

/** What the flight recorder is told of findings. */
public final class StallRecorder {
    /** Loaded with the first finding, which takes a while. */
    private static final class Events {
        static final FlightEvents LOADED = FlightEvents.load();
    }

    private StallRecorder() {}

    /** Records it, if somebody wants to know. */
    public static void record(Finding finding) {
        if (Events.LOADED.wantsStalls()) {
            Events.LOADED.stall(
                    finding.watched().name(),
                    finding.thread(),
                    finding.level().name(),
                    finding.verdict().name(),
                    finding.nanos(),
                    finding.stack());
        }
    }
}
