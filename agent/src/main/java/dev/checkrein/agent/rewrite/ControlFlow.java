package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * The control-flow graph of a method. Its nodes are the positions in the method's instruction list, labels and line numbers
 * included; position 0 is the entry. Two sorts of edge: those of jumps and of falling through, and those from an
 * instruction that can throw to the handlers that protect it.
 *
 * <p>A {@code ret} is taken to return behind every {@code jsr} of the method, which is more than it can do.
 */
final class ControlFlow {
    private static final int[] NONE = {};

    private final AbstractInsnNode[] instructions;

    /** Null where it has not been asked for and control just goes on to the next position. */
    private final int[][] successors;

    /** Null if there are no ranges; an element is null where nothing protects. */
    private final int[][] handlers;

    private final boolean[] jumpTarget;
    private final boolean[] endsLine;
    private final List<Range> ranges;
    private boolean allocates;
    private boolean goesBack;
    private boolean subroutines;
    private int switches;
    private int monitors;

    /** An exception range: what throws from {@code start} up to {@code end}, exclusive, goes on at {@code handler}. */
    record Range(int start, int end, int handler) {
        /** Whether it covers one of these positions, the last included, or leads to one. */
        boolean touches(int first, int last) {
            return start <= last && first < end || first <= handler && handler <= last;
        }

        boolean covers(int position) {
            return start <= position && position < end;
        }

        /** Whether it leads from outside of these positions to one of them. */
        boolean leadsInto(Set<Integer> positions) {
            if (positions.contains(handler)) {
                for (int position = start; position < end; position++) {
                    if (!positions.contains(position)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private ControlFlow(MethodNode method) {
        int size = method.instructions.size();
        instructions = new AbstractInsnNode[size];
        successors = new int[size][];
        jumpTarget = new boolean[size];
        endsLine = new boolean[size];
        int position = 0;
        for (AbstractInsnNode node = method.instructions.getFirst(); node != null; node = node.getNext()) {
            instructions[position] = node;
            int opcode = node.getOpcode();
            if (OpcodeTraits.mayGoElsewhere(opcode)) {
                boolean mayGoOn = OpcodeTraits.fallsThrough(opcode) && position + 1 < size;
                follow(position, node, mayGoOn, method.instructions);
            }
            allocates |= OpcodeTraits.allocates(opcode);
            monitors += opcode == Opcodes.MONITORENTER ? 1 : 0;
            position++;
        }
        if (size > 0 && successors[size - 1] == null) {
            successors[size - 1] = NONE;
            endsLine[size - 1] = true;
        }
        if (subroutines) {
            returnFromSubroutines();
        }
        handlers = method.tryCatchBlocks.isEmpty() ? null : new int[size][];
        ranges = method.tryCatchBlocks.isEmpty() ? List.of() : new ArrayList<>();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            addHandler(block, method.instructions);
        }
    }

    static ControlFlow of(MethodNode method) {
        return new ControlFlow(method);
    }

    int size() {
        return instructions.length;
    }

    AbstractInsnNode instruction(int position) {
        return instructions[position];
    }

    /** Where control goes without an exception. */
    int[] successors(int position) {
        int[] next = successors[position];
        if (next == null) {
            next = new int[] {position + 1};
            successors[position] = next;
        }
        return next;
    }

    /** Whether all that can happen here is that control goes on to the next position. */
    boolean isPlain(int position) {
        return !endsLine[position] && (handlers == null || handlers[position] == null);
    }

    /** Whether there is a {@code jsr}. */
    boolean hasSubroutines() {
        return subroutines;
    }

    /** How many {@code tableswitch} and {@code lookupswitch} there are. */
    int switches() {
        return switches;
    }

    /** How many instructions enter a monitor. */
    int monitors() {
        return monitors;
    }

    /** Whether any instruction allocates. */
    boolean hasAllocations() {
        return allocates;
    }

    /** Whether control may go to an earlier position, or stay. If not, there is no cycle, wherever anything is thrown. */
    boolean goesBack() {
        return goesBack;
    }

    /** Whether control can go on to the next position, and by no jump. */
    boolean onlyFallsThrough(int position) {
        int ways = 0;
        for (int next : successors(position)) {
            ways += next == position + 1 ? 1 : 0;
        }
        return ways == 1 && OpcodeTraits.fallsThrough(instructions[position].getOpcode());
    }

    /** Whether an instruction can throw, to a handler or out of the method. */
    boolean canThrow(int position) {
        return OpcodeTraits.canThrow(instructions[position].getOpcode());
    }

    /** Whether an instruction makes an object or an array. */
    boolean allocates(int position) {
        return OpcodeTraits.allocates(instructions[position].getOpcode());
    }

    /** Where control goes if this instruction throws; empty if it cannot. */
    int[] handlers(int position) {
        int[] some = handlers == null ? null : handlers[position];
        return some == null ? NONE : some;
    }

    /** Where control goes if something were thrown here, by a poll for example, whatever the instruction is. */
    int[] handlersAround(int position) {
        int[] around = NONE;
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).covers(position)) {
                around = with(around, ranges.get(i).handler);
            }
        }
        return around;
    }

    /** Whether an exception range begins there. */
    boolean beginsRange(int position) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).start == position) {
                return true;
            }
        }
        return false;
    }

    List<Range> ranges() {
        return ranges;
    }

    /** Whether a jump, a switch or an exception can lead here: a straight line of code ends before it. */
    boolean isJumpTarget(int position) {
        return jumpTarget[position];
    }

    /** Whether control may go on somewhere else than at the next position: a straight line of code ends after it. */
    boolean endsLine(int position) {
        return endsLine[position];
    }

    /** For each position those from which control comes, exceptions included, in no particular order. */
    int[][] predecessors() {
        int[] counts = new int[instructions.length];
        for (int i = 0; i < instructions.length; i++) {
            for (int next : successors(i)) {
                counts[next]++;
            }
            for (int handler : handlers(i)) {
                counts[handler]++;
            }
        }
        int[][] predecessors = new int[instructions.length][];
        for (int i = 0; i < instructions.length; i++) {
            predecessors[i] = counts[i] == 0 ? NONE : new int[counts[i]];
        }
        for (int i = 0; i < instructions.length; i++) {
            for (int next : successors(i)) {
                predecessors[next][--counts[next]] = i;
            }
            for (int handler : handlers(i)) {
                predecessors[handler][--counts[handler]] = i;
            }
        }
        return predecessors;
    }

    private void follow(int position, AbstractInsnNode instruction, boolean fallsThrough, InsnList list) {
        int opcode = instruction.getOpcode();
        subroutines |= opcode == Opcodes.JSR;
        switches += opcode == Opcodes.TABLESWITCH || opcode == Opcodes.LOOKUPSWITCH ? 1 : 0;
        List<LabelNode> targets = targets(instruction);
        int[] next = new int[targets.size() + (fallsThrough ? 1 : 0)];
        int n = 0;
        if (fallsThrough) {
            next[n++] = position + 1;
        }
        for (int i = 0; i < targets.size(); i++) {
            int target = list.indexOf(targets.get(i));
            jumpTarget[target] = true;
            goesBack |= target <= position;
            next[n++] = target;
        }
        setSuccessors(position, next);
    }

    private void setSuccessors(int position, int[] next) {
        successors[position] = next;
        endsLine[position] = next.length != 1 || next[0] != position + 1;
    }

    private void returnFromSubroutines() {
        goesBack = true;
        int[] behindCalls = NONE;
        for (int i = 0; i + 1 < instructions.length; i++) {
            if (instructions[i].getOpcode() == Opcodes.JSR) {
                behindCalls = with(behindCalls, i + 1);
            }
        }
        for (int i = 0; i < instructions.length; i++) {
            if (instructions[i].getOpcode() == Opcodes.RET) {
                setSuccessors(i, behindCalls);
            }
        }
    }

    private void addHandler(TryCatchBlockNode block, InsnList list) {
        int handler = list.indexOf(block.handler);
        jumpTarget[handler] = true;
        Range range = new Range(list.indexOf(block.start), list.indexOf(block.end), handler);
        ranges.add(range);
        goesBack |= handler < range.end;
        for (int i = range.start; i < range.end; i++) {
            if (canThrow(i)) {
                handlers[i] = with(handlers(i), handler);
            }
        }
    }

    private static int[] with(int[] some, int another) {
        int[] all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = another;
        return all;
    }

    /** Where an instruction may jump. */
    static List<LabelNode> targets(AbstractInsnNode instruction) {
        return switch (instruction.getType()) {
            case AbstractInsnNode.JUMP_INSN -> List.of(((JumpInsnNode) instruction).label);
            case AbstractInsnNode.TABLESWITCH_INSN -> {
                TableSwitchInsnNode table = (TableSwitchInsnNode) instruction;
                yield withDefault(table.labels, table.dflt);
            }
            case AbstractInsnNode.LOOKUPSWITCH_INSN -> {
                LookupSwitchInsnNode lookup = (LookupSwitchInsnNode) instruction;
                yield withDefault(lookup.labels, lookup.dflt);
            }
            default -> List.of();
        };
    }

    private static List<LabelNode> withDefault(List<LabelNode> labels, LabelNode defaultLabel) {
        List<LabelNode> all = new ArrayList<>(labels);
        all.add(defaultLabel);
        return all;
    }
}
