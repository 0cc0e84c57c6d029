package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
    private final int[][] successors;
    private final int[][] handlers;
    private final boolean[] jumpTarget;
    private final boolean subroutines;
    private final List<Range> ranges = new ArrayList<>();

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
            return positions.contains(handler)
                    && IntStream.range(start, end).anyMatch(position -> !positions.contains(position));
        }
    }

    private ControlFlow(MethodNode method) {
        instructions = method.instructions.toArray();
        successors = new int[instructions.length][];
        handlers = new int[instructions.length][];
        jumpTarget = new boolean[instructions.length];
        Arrays.fill(handlers, NONE);
        int[] behindCalls = behindSubroutineCalls();
        subroutines = behindCalls.length > 0;
        for (int i = 0; i < instructions.length; i++) {
            successors[i] = successorsOf(i, method.instructions, behindCalls);
        }
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
        return successors[position];
    }

    /** Whether there is a {@code jsr}. */
    boolean hasSubroutines() {
        return subroutines;
    }

    /** Whether control can go on to the next position, and by no jump. */
    boolean onlyFallsThrough(int position) {
        long ways = Arrays.stream(successors[position])
                .filter(next -> next == position + 1)
                .count();
        return ways == 1 && fallsThrough(instructions[position]);
    }

    /** Whether an instruction can throw, to a handler or out of the method. */
    boolean canThrow(int position) {
        return canThrow(instructions[position]);
    }

    /** Where control goes if this instruction throws; empty if it cannot. */
    int[] handlers(int position) {
        return handlers[position];
    }

    /** Where control goes if something were thrown here, by a poll for example, whatever the instruction is. */
    int[] handlersAround(int position) {
        return ranges.stream()
                .filter(range -> range.covers(position))
                .mapToInt(Range::handler)
                .toArray();
    }

    /** The exception ranges that begin there. */
    List<Range> rangesFrom(int position) {
        return ranges.stream().filter(range -> range.start() == position).toList();
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
        int[] next = successors[position];
        return next.length != 1 || next[0] != position + 1;
    }

    /** For each position those from which control comes, exceptions included. */
    List<List<Integer>> predecessors() {
        List<List<Integer>> predecessors = new ArrayList<>();
        for (int i = 0; i < instructions.length; i++) {
            predecessors.add(new ArrayList<>());
        }
        for (int i = 0; i < instructions.length; i++) {
            for (int next : successors[i]) {
                predecessors.get(next).add(i);
            }
            for (int handler : handlers[i]) {
                predecessors.get(handler).add(i);
            }
        }
        return predecessors;
    }

    private int[] behindSubroutineCalls() {
        List<Integer> behind = new ArrayList<>();
        for (int i = 0; i + 1 < instructions.length; i++) {
            if (instructions[i].getOpcode() == Opcodes.JSR) {
                behind.add(i + 1);
            }
        }
        return behind.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] successorsOf(int position, InsnList list, int[] behindCalls) {
        AbstractInsnNode instruction = instructions[position];
        if (instruction.getOpcode() == Opcodes.RET) {
            return behindCalls;
        }
        boolean fallsThrough = fallsThrough(instruction) && position + 1 < instructions.length;
        List<LabelNode> targets = targets(instruction);
        if (targets.isEmpty()) { // nearly always
            return fallsThrough ? new int[] {position + 1} : NONE;
        }
        int[] next = new int[targets.size() + (fallsThrough ? 1 : 0)];
        int n = 0;
        if (fallsThrough) {
            next[n++] = position + 1;
        }
        for (LabelNode target : targets) {
            next[n] = list.indexOf(target);
            jumpTarget[next[n++]] = true;
        }
        return next;
    }

    private void addHandler(TryCatchBlockNode block, InsnList list) {
        int handler = list.indexOf(block.handler);
        jumpTarget[handler] = true;
        Range range = new Range(list.indexOf(block.start), list.indexOf(block.end), handler);
        ranges.add(range);
        for (int i = range.start; i < range.end; i++) {
            if (canThrow(instructions[i])) {
                handlers[i] = Arrays.copyOf(handlers[i], handlers[i].length + 1);
                handlers[i][handlers[i].length - 1] = handler;
            }
        }
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

    private static boolean fallsThrough(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.GOTO,
                    Opcodes.JSR,
                    Opcodes.RET,
                    Opcodes.TABLESWITCH,
                    Opcodes.LOOKUPSWITCH,
                    Opcodes.IRETURN,
                    Opcodes.LRETURN,
                    Opcodes.FRETURN,
                    Opcodes.DRETURN,
                    Opcodes.ARETURN,
                    Opcodes.RETURN,
                    Opcodes.ATHROW -> false;
            default -> true;
        };
    }

    /**
     * Whether an instruction can throw. {@code monitorexit} is said not to: the handler that compilers put around a
     * {@code synchronized} block protects its own {@code monitorexit}, and in a method whose monitors are balanced, as the
     * JIT requires, that one does not throw.
     */
    private static boolean canThrow(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD
                || opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            return true;
        }
        return switch (opcode) {
            case Opcodes.IDIV, Opcodes.LDIV, Opcodes.IREM, Opcodes.LREM -> true;
            case Opcodes.LDC -> true;
            case Opcodes.MONITOREXIT -> false;
            default -> opcode >= Opcodes.GETSTATIC && opcode != Opcodes.IFNULL && opcode != Opcodes.IFNONNULL;
        };
    }
}
