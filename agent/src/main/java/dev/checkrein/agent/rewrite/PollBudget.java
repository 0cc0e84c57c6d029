package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps polls from making a method too large: for the class file, which allows 64 KB, or for the JIT, which leaves methods
 * above 8,000 bytes to the interpreter ({@code HugeMethodLimit}, with {@code DontCompileHugeMethods}). Loops come first,
 * since without their polls nothing ends them; allocations are the first to go, since other polls are near.
 */
final class PollBudget {
    static final int HUGE_METHOD = 8_000;
    static final int LARGEST_METHOD = 65_535;

    /** An {@code invokestatic}. */
    static final int POLL_BYTES = 3;

    /** A switch is aligned to four bytes (JVMS 6.5, tableswitch). */
    private static final int MOST_PADDING = 3;

    private static final List<PollKind> MOST_NEEDED_FIRST =
            List.of(PollKind.LOOP, PollKind.ENTRY, PollKind.RETURN, PollKind.ALLOCATION);

    private PollBudget() {}

    /** Whether a method of this size can become larger by so many bytes. */
    static boolean hasRoom(int bytes, int codeLength, int switches) {
        int limit = codeLength <= HUGE_METHOD ? HUGE_METHOD : LARGEST_METHOD;
        return bytes + switches * MOST_PADDING <= limit - codeLength;
    }

    /**
     * Those of the sites that there is room for, the most needed ones, in their old order.
     *
     * @param codeLength of the method without polls, in bytes
     * @param switches how many instructions there are whose size depends on where they stand
     * @param hasToGrow whether jumps become longer too: then half of the room is left to them
     */
    static List<PollSite> fit(List<PollSite> sites, int codeLength, int switches, boolean hasToGrow) {
        int limit = codeLength <= HUGE_METHOD ? HUGE_METHOD : LARGEST_METHOD;
        int bytes = limit - codeLength - switches * MOST_PADDING;
        int room = (hasToGrow ? bytes / 2 : bytes) / POLL_BYTES;
        if (sites.size() <= room) {
            return sites;
        }
        List<PollSite> byNeed = new ArrayList<>(sites);
        byNeed.sort(Comparator.comparingInt(site -> MOST_NEEDED_FIRST.indexOf(site.kind())));
        Set<PollSite> kept = new HashSet<>(byNeed.subList(0, Math.max(0, room)));
        return sites.stream().filter(kept::contains).toList();
    }
}
