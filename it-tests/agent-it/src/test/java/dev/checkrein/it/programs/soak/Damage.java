package dev.checkrein.it.programs.soak;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What is not as it should be, by kind. Thread-safe. */
final class Damage {
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    void unless(boolean whole, String kind) {
        if (!whole) {
            seen(kind);
        }
    }

    void seen(String kind) {
        counts.computeIfAbsent(kind, k -> new LongAdder()).increment();
    }

    /** So that those of two moments can be told apart. */
    long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    Map<String, LongAdder> counts() {
        return counts;
    }
}
