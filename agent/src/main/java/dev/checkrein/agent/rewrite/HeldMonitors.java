package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Where a method holds a monitor that it has entered itself: what it guards may be half changed there. In a synchronized method
 * that is everywhere, elsewhere between {@code monitorenter} and {@code monitorexit}, on whatever way control comes there.
 */
final class HeldMonitors {
    private final ControlFlow flow;

    /** By position, how many may be held before the instruction; none where control does not come. */
    private final int[] held;

    /** Whose followers may not know yet. */
    private final BitSet open = new BitSet();

    /** By position, where an exception leads to from there; null if nowhere. */
    private final List<Integer>[] handlers;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private HeldMonitors(MethodNode method, ControlFlow flow) {
        this.flow = flow;
        this.held = new int[flow.size()];
        this.handlers = new List[flow.size()];
        addHandlers(method);
    }

    static boolean areIn(MethodNode method, ControlFlow flow) {
        return isSynchronized(method) || flow.monitors() > 0;
    }

    /** @param shielded by position; set where one is held */
    static void mark(MethodNode method, ControlFlow flow, boolean[] shielded) {
        if (isSynchronized(method)) {
            Arrays.fill(shielded, true);
        } else if (flow.monitors() > 0) {
            HeldMonitors search = new HeldMonitors(method, flow);
            search.spread();
            for (int position = 0; position < shielded.length; position++) {
                shielded[position] |= search.held[position] > 0;
            }
        }
    }

    /** The first that takes everything hides those behind it: from within a monitor only the one that leaves it is reached. */
    private void addHandlers(MethodNode method) {
        BitSet all = new BitSet();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int start = method.instructions.indexOf(block.start);
            int end = Math.max(start, method.instructions.indexOf(block.end));
            for (int position = start; position < end; position++) {
                if (!all.get(position)) {
                    handlers[position] = handlers[position] == null ? new ArrayList<>() : handlers[position];
                    handlers[position].add(method.instructions.indexOf(block.handler));
                }
            }
            if (block.type == null) {
                all.set(start, end);
            }
        }
    }

    private static boolean isSynchronized(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNCHRONIZED) != 0;
    }

    /** No more than there are instructions that enter one: code that the JVM would not let run may count for ever. */
    private void spread() {
        for (int position = 0; position < flow.size(); position++) {
            if (flow.instruction(position).getOpcode() == Opcodes.MONITORENTER) {
                follow(position, 0);
            }
        }
        for (int position = open.nextSetBit(0); position >= 0; position = open.nextSetBit(0)) {
            open.clear(position);
            follow(position, held[position]);
        }
    }

    private void follow(int position, int before) {
        int opcode = flow.instruction(position).getOpcode();
        int after = before;
        if (opcode == Opcodes.MONITORENTER) {
            after = Math.min(before + 1, flow.monitors());
        } else if (opcode == Opcodes.MONITOREXIT) {
            after = Math.max(before - 1, 0);
        }
        for (int next : flow.successors(position)) {
            raise(next, after);
        }
        for (int handler : handlers[position] == null ? List.<Integer>of() : handlers[position]) {
            raise(handler, opcode == Opcodes.MONITOREXIT ? after : before);
        }
    }

    private void raise(int position, int count) {
        if (count > held[position]) {
            held[position] = count;
            open.set(position);
        }
    }
}
