package dev.checkrein.agent.start;

import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.rewrite.Rewriting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What was rewritten and what was left alone, for everyone to see. Thread-safe, without locks while all goes well. */
final class RewriteCounts {
    private static final int MOST_REASONS_KEPT = 100;

    private final AtomicLong classes = new AtomicLong();
    private final AtomicLongArray polls = new AtomicLongArray(PollKind.values().length);
    private final AtomicLong leftAlone = new AtomicLong();
    private final List<String> reasons = new ArrayList<>();

    void add(Rewriting rewriting) {
        if (rewriting.classFile() != null) {
            classes.incrementAndGet();
        }
        for (PollKind kind : PollKind.values()) {
            polls.addAndGet(kind.ordinal(), rewriting.count(kind));
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
        status.put("loopPolls", polls.get(PollKind.LOOP.ordinal()));
        status.put("entryPolls", polls.get(PollKind.ENTRY.ordinal()));
        status.put("allocationPolls", polls.get(PollKind.ALLOCATION.ordinal()));
        status.put("leftAloneCount", leftAlone.get());
        synchronized (reasons) {
            status.put("leftAlone", List.copyOf(reasons));
        }
        return status;
    }

    /** Forgets the self-test. */
    void reset() {
        classes.set(0);
        for (int i = 0; i < polls.length(); i++) {
            polls.set(i, 0);
        }
    }
}
