package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The control flow of a method as its source has it, in which a suspension is a call that returns. Kotlin's compiler makes a
 * state machine of a {@code suspend} function: it suspends itself by returning a marker, and a switch at its beginning leads
 * to the instruction behind that return when it is called again. Here the one goes on at the other. All other methods, and
 * all other instructions, have the successors that they have in {@link ControlFlow}.
 */
final class SuspendedFlow {
    private static final int NO_DISPATCH = -1;

    private final ControlFlow flow;
    private final int dispatch;
    private final Map<Integer, Integer> resumptions = new HashMap<>();
    private final int[] begins;

    private SuspendedFlow(ControlFlow flow) {
        this.flow = flow;
        this.dispatch = findDispatch(flow);
        this.begins = dispatch == NO_DISPATCH ? new int[0] : splitDispatch();
    }

    static SuspendedFlow of(ControlFlow flow) {
        return new SuspendedFlow(flow);
    }

    /** How much of the method, up to which position, runs again whenever it is resumed; -1 if nothing. */
    int dispatch() {
        return dispatch;
    }

    /** Where control goes without an exception, suspended in between or not. */
    int[] successors(int position) {
        if (dispatch == NO_DISPATCH) {
            return flow.successors(position);
        }
        Integer resumed = resumptions.get(position);
        if (resumed != null) {
            return new int[] {resumed};
        }
        return position == dispatch ? begins : flow.successors(position);
    }

    /** For each position those from which control comes, exceptions included. */
    int[][] predecessors() {
        int[][] predecessors = flow.predecessors();
        for (Map.Entry<Integer, Integer> resumption : resumptions.entrySet()) {
            int to = resumption.getValue();
            predecessors[to] = resumedFrom(resumption.getKey(), predecessors[to]);
        }
        return predecessors;
    }

    /** The return that it is resumed behind, instead of the switch. */
    private int[] resumedFrom(int suspension, int[] predecessors) {
        int[] from = new int[predecessors.length + 1];
        int n = 0;
        for (int position : predecessors) {
            if (position != dispatch) {
                from[n++] = position;
            }
        }
        from[n++] = suspension;
        return Arrays.copyOf(from, n);
    }

    /** The switch over the state, behind the call that every such function asks for the marker by. */
    private static int findDispatch(ControlFlow flow) {
        boolean asked = false;
        AbstractInsnNode previous = null;
        for (int position = 0; position < flow.size(); position++) {
            AbstractInsnNode instruction = flow.instruction(position);
            asked |= instruction instanceof MethodInsnNode call && call.name.equals("getCOROUTINE_SUSPENDED");
            if (asked
                    && instruction.getOpcode() == Opcodes.TABLESWITCH
                    && previous instanceof FieldInsnNode state
                    && state.name.equals("label")
                    && state.desc.equals("I")) {
                return position;
            }
            if (instruction.getOpcode() >= 0) {
                previous = instruction;
            }
        }
        return NO_DISPATCH;
    }

    /** Notes which targets of the switch resume: those that a return stands before. The others are where it begins. */
    private int[] splitDispatch() {
        List<Integer> others = new ArrayList<>();
        for (int target : flow.successors(dispatch)) {
            int before = Math.max(target - 1, 0);
            while (before > 0 && flow.instruction(before).getOpcode() < 0) {
                before--;
            }
            if (flow.instruction(before).getOpcode() == Opcodes.ARETURN) {
                resumptions.put(before, target);
            } else {
                others.add(target);
            }
        }
        int[] begins = new int[others.size()];
        for (int i = 0; i < begins.length; i++) {
            begins[i] = others.get(i);
        }
        return begins;
    }
}
