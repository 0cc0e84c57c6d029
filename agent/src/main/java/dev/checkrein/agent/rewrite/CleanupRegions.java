package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The parts of a method in which a cancel is not thrown while it is polite, because they put things in order again or keep others from
 * seeing them in disorder:
 *
 * <ul>
 *   <li>exception handlers, as far as they must end by throwing ({@link RethrowingHandlers}): what {@code finally},
 *       try-with-resources and {@code catch} with a rethrow compile to;
 *   <li>the copies of such code that compilers put on the ways out of the {@code try} that are not exceptional
 *       ({@link CleanupCopies});
 *   <li>a constructor before it calls {@code super} or {@code this}, its entry included;
 *   <li>a function of Kotlin that can be suspended, from its entry to the switch by which it goes on in the middle, perhaps of a
 *       {@code try}: what is thrown before that leaves the {@code finally} out;
 *   <li>code that holds a monitor ({@link HeldMonitors}).
 * </ul>
 *
 * <p>They are marked by labels, which cost nothing in the class file, and read as positions once the code is written.
 */
final class CleanupRegions {
    /** Where ASM may write a method a second time, with wider jumps, and our labels are those of the first. */
    private static final int LARGEST_SURE_LENGTH = Short.MAX_VALUE;

    private static final CleanupRegions NONE = new CleanupRegions(true);

    /** @param end behind it */
    private record Region(LabelNode start, LabelNode end) {}

    private final List<Region> regions = new ArrayList<>();
    private final boolean sure;

    /** Whether the first region begins before the poll at the entry, which stands before all labels. */
    private boolean fromEntry;

    private CleanupRegions(boolean sure) {
        this.sure = sure;
    }

    /**
     * Finds and marks them. To be called before polls are inserted, so that those beside a region are in it.
     *
     * @param codeLength of the method with its polls, in bytes
     */
    static CleanupRegions mark(MethodNode method, ControlFlow flow, int codeLength) {
        boolean constructor = method.name.equals("<init>");
        boolean monitors = HeldMonitors.areIn(method, flow);
        if (method.tryCatchBlocks.isEmpty() && !constructor && !monitors) {
            return NONE;
        }
        CleanupRegions cleanup = new CleanupRegions(codeLength <= LARGEST_SURE_LENGTH);
        boolean[] inCleanup = new boolean[flow.size()];
        if (!method.tryCatchBlocks.isEmpty()) {
            SuspendedFlow suspended = SuspendedFlow.of(flow);
            if (RethrowingHandlers.mark(method, flow, suspended, inCleanup)) {
                CleanupCopies.mark(method, flow, inCleanup);
                Arrays.fill(inCleanup, 0, suspended.dispatch() + 1, true);
            } else {
                Arrays.fill(inCleanup, true); // too much to look at: all of it, to be sure
            }
        }
        if (constructor) {
            markBeforeSuper(flow, inCleanup);
        }
        if (monitors) {
            HeldMonitors.mark(method, flow, inCleanup);
        }
        cleanup.fromEntry = inCleanup[0];
        cleanup.label(method.instructions, flow, inCleanup);
        return cleanup;
    }

    /** The positions in the written code as pairs of a first byte and the one behind the last; empty if there are none. */
    int[] positions() {
        if (regions.isEmpty()) {
            return new int[0];
        }
        if (!sure) {
            return new int[] {0, Integer.MAX_VALUE};
        }
        int[] positions = new int[2 * regions.size()];
        int n = 0;
        for (Region region : regions) {
            positions[n++] = region.start.getLabel().getOffset();
            positions[n++] = region.end.getLabel().getOffset();
        }
        if (fromEntry) {
            positions[0] = 0;
        }
        return positions;
    }

    /** The first {@code <init>} that is not that of an object made here is the one of {@code this}. */
    private static void markBeforeSuper(ControlFlow flow, boolean[] inCleanup) {
        int madeHere = 0;
        for (int position = 0; position < flow.size(); position++) {
            AbstractInsnNode instruction = flow.instruction(position);
            if (instruction.getOpcode() == Opcodes.NEW) {
                madeHere++;
            } else if (instruction instanceof MethodInsnNode call
                    && call.getOpcode() == Opcodes.INVOKESPECIAL
                    && call.name.equals("<init>")
                    && madeHere-- == 0) {
                return;
            }
            inCleanup[position] = true;
        }
        Arrays.fill(inCleanup, false); // Object's own constructor: there is nothing before super
    }

    private void label(InsnList instructions, ControlFlow flow, boolean[] inCleanup) {
        for (int p = 1; p < flow.size(); p++) {
            boolean pseudo = flow.instruction(p).getOpcode() < 0;
            inCleanup[p] |= pseudo && inCleanup[p - 1]; // a line number does not divide a region
        }
        int position = 0;
        while (position < flow.size()) {
            int first = position;
            while (position < flow.size() && inCleanup[position] == inCleanup[first]) {
                position++;
            }
            if (inCleanup[first]) {
                Region region = new Region(new LabelNode(), new LabelNode());
                instructions.insertBefore(flow.instruction(first), region.start);
                instructions.insert(flow.instruction(position - 1), region.end);
                regions.add(region);
            }
        }
    }
}
