package dev.checkrein.it.programs.soak;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How often which part of a step was hit, and by what steps were ended. Thread-safe. */
final class Figures {
    private final Map<String, LongAdder> requested = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> ended = new ConcurrentSkipListMap<>();

    void requested(Place.Part part) {
        count(requested, part.name().toLowerCase(Locale.ROOT));
    }

    void ended(String by) {
        count(ended, by);
    }

    private static void count(Map<String, LongAdder> counts, String what) {
        counts.computeIfAbsent(what, w -> new LongAdder()).increment();
    }

    Map<String, LongAdder> requested() {
        return requested;
    }

    Map<String, LongAdder> ended() {
        return ended;
    }
}
