package dev.checkrein.agent.start;

import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.rewrite.Rewriting;
import dev.checkrein.internal.bridge.PollCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/** What was rewritten and what was left alone, for everyone to see. Thread-safe, without locks while all goes well. */
final class RewriteCounts {
    private static final int MOST_REASONS_KEPT = 100;

    private final AtomicLong classes = new AtomicLong();
    private final AtomicLongArray inserted = new AtomicLongArray(PollCode.COUNT);
    private final AtomicLongArray elided = new AtomicLongArray(PollCode.COUNT);
    private final Supplier<long[]> executed;
    private final AtomicLong leftAlone = new AtomicLong();
    private final List<String> reasons = new ArrayList<>();

    /** @param executed tells how often polls have run, by {@link PollCode} */
    RewriteCounts(Supplier<long[]> executed) {
        this.executed = executed;
    }

    void add(Rewriting rewriting) {
        if (rewriting.classFile() != null) {
            classes.incrementAndGet();
        }
        for (PollKind kind : PollKind.values()) {
            inserted.addAndGet(kind.code(), rewriting.polls().getOrDefault(kind, 0));
            elided.addAndGet(kind.code(), rewriting.elided().getOrDefault(kind, 0));
        }
        for (Rewriting.LeftAlone left : rewriting.leftAlone()) {
            leftAlone(left.what(), left.reason());
        }
    }

    void leftAlone(String what, String reason) {
        leftAlone.incrementAndGet();
        synchronized (reasons) {
            if (reasons.size() < MOST_REASONS_KEPT) {
                reasons.add(what + ": " + reason);
            }
        }
    }

    /** Under the names of the components of {@code Checkrein.Status}. */
    Map<String, Object> status() {
        Map<String, Object> status = new HashMap<>();
        status.put("installed", true);
        status.put("classesRewritten", classes.get());
        status.put("inserted", copy(inserted));
        status.put("elided", copy(elided));
        status.put("executed", executed.get());
        status.put("leftAloneCount", leftAlone.get());
        synchronized (reasons) {
            status.put("leftAlone", List.copyOf(reasons));
        }
        return status;
    }

    private static long[] copy(AtomicLongArray counts) {
        long[] copy = new long[counts.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.get(i);
        }
        return copy;
    }

    /** Forgets the self-test. */
    void reset() {
        classes.set(0);
        for (int code = 0; code < PollCode.COUNT; code++) {
            inserted.set(code, 0);
            elided.set(code, 0);
        }
    }
}
