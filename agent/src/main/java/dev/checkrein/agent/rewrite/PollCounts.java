package dev.checkrein.agent.rewrite;

import java.util.EnumMap;
import java.util.Map;

/** How many polls of each kind. */
final class PollCounts {
    private static final PollKind[] KINDS = PollKind.values();

    private final int[] byKind = new int[KINDS.length];

    void add(PollKind kind, int count) {
        byKind[kind.ordinal()] += count;
    }

    void add(PollCounts others) {
        for (int i = 0; i < byKind.length; i++) {
            byKind[i] += others.byKind[i];
        }
    }

    int get(PollKind kind) {
        return byKind[kind.ordinal()];
    }

    /** Kinds of which there are none are not in it. */
    Map<PollKind, Integer> toMap() {
        Map<PollKind, Integer> map = new EnumMap<>(PollKind.class);
        for (PollKind kind : KINDS) {
            if (get(kind) > 0) {
                map.put(kind, get(kind));
            }
        }
        return map;
    }
}
