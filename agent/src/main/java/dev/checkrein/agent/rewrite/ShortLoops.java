package dev.checkrein.agent.rewrite;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds loops that are over before anybody could miss their poll: {@code for (int i = A; i < B; i += C)} with constants for
 * A, B and C, at most {@link #MOST_TURNS} turns, nothing else that changes {@code i}, and no loop inside.
 *
 * <p>What is proved: control comes into the loop at its header only, and from outside only along a straight line in which
 * {@code i} was set to A; the header leaves the loop unless {@code i} is short of B; and the only way back to the header ends
 * with the one instruction in the loop that changes {@code i}. So each turn brings {@code i} nearer to B by C.
 */
final class ShortLoops {
    /** As many turns as an ordinary loop would poll in a microsecond or so. */
    static final int MOST_TURNS = 64;

    private final ControlFlow flow;
    private final List<LoopPolls.BackEdge> backEdges;

    /** Null until a loop is looked at. */
    private int[][] predecessors;

    ShortLoops(ControlFlow flow, List<LoopPolls.BackEdge> backEdges) {
        this.flow = flow;
        this.backEdges = backEdges;
    }

    /** Whether the loop that this edge closes is one of them. */
    boolean closes(LoopPolls.BackEdge edge) {
        if (edge.byException() || !(lastInstruction(edge) instanceof IincInsnNode step)) {
            return false;
        }
        if (predecessors == null) {
            predecessors = flow.predecessors();
        }
        Set<Integer> body = body(edge);
        if (!hasNoOtherLoop(body, edge) || changes(body, step.var) != 1 || mayBeEnteredUnseen(body)) {
            return false;
        }
        Integer outside = onlyWayIn(body, edge.to());
        Integer first = outside == null ? null : valueBefore(outside, step.var);
        Long last = first == null ? null : lastValue(edge.to(), step, body);
        if (last == null) {
            return false;
        }
        long turns = (last - first) / step.incr + 1;
        return turns <= MOST_TURNS;
    }

    /** The last instruction before control goes back, a plain jump not counted. */
    private AbstractInsnNode lastInstruction(LoopPolls.BackEdge edge) {
        int position = edge.from();
        if (flow.instruction(position).getOpcode() == Opcodes.GOTO) {
            position--;
        }
        while (position >= 0 && flow.instruction(position).getOpcode() < 0 && !flow.isJumpTarget(position)) {
            position--;
        }
        return position < 0 ? null : flow.instruction(position);
    }

    /** All positions from which the edge can be reached without passing the header, and the header. */
    private Set<Integer> body(LoopPolls.BackEdge edge) {
        Set<Integer> body = new HashSet<>();
        body.add(edge.to());
        Deque<Integer> open = new ArrayDeque<>();
        open.push(edge.from());
        while (!open.isEmpty()) {
            int position = open.pop();
            if (body.add(position)) {
                for (int from : predecessors[position]) {
                    open.push(from);
                }
            }
        }
        return body;
    }

    private boolean hasNoOtherLoop(Set<Integer> body, LoopPolls.BackEdge edge) {
        for (LoopPolls.BackEdge other : backEdges) {
            if (other != edge && body.contains(other.to()) && body.contains(other.from())) {
                return false;
            }
        }
        return true;
    }

    /** By the call of the method, if it begins with the loop, or by what a poll outside throws to a handler inside. */
    private boolean mayBeEnteredUnseen(Set<Integer> body) {
        if (body.contains(0)) {
            return true;
        }
        for (ControlFlow.Range range : flow.ranges()) {
            if (range.leadsInto(body)) {
                return true;
            }
        }
        return false;
    }

    private int changes(Set<Integer> body, int variable) {
        int changes = 0;
        for (int position : body) {
            AbstractInsnNode instruction = flow.instruction(position);
            if (instruction instanceof IincInsnNode increment && increment.var == variable) {
                changes++;
            } else if (instruction instanceof VarInsnNode access && stores(access, variable)) {
                changes++;
            }
        }
        return changes;
    }

    private static boolean stores(VarInsnNode access, int variable) {
        return switch (access.getOpcode()) {
            case Opcodes.ISTORE, Opcodes.FSTORE, Opcodes.ASTORE -> access.var == variable;
            case Opcodes.LSTORE, Opcodes.DSTORE -> access.var == variable || access.var + 1 == variable;
            default -> false;
        };
    }

    /** The one position outside from which the loop is entered, at its header; null if there are others. */
    private Integer onlyWayIn(Set<Integer> body, int header) {
        Integer entry = null;
        for (int position : body) {
            for (int from : predecessors[position]) {
                if (body.contains(from)) {
                    continue;
                }
                if (position != header || entry != null) {
                    return null;
                }
                entry = from;
            }
        }
        return entry;
    }

    /** The constant that the variable has after this position, if it was set in the straight line that ends there. */
    private Integer valueBefore(int end, int variable) {
        for (int position = end; position > 0; position--) {
            AbstractInsnNode instruction = flow.instruction(position);
            if (position != end && flow.endsLine(position)) {
                return null;
            }
            if (instruction instanceof VarInsnNode access && stores(access, variable)) {
                boolean whole = access.getOpcode() == Opcodes.ISTORE && !flow.isJumpTarget(position);
                return whole ? constant(flow.instruction(position - 1)) : null;
            }
            if (instruction instanceof IincInsnNode increment && increment.var == variable
                    || flow.isJumpTarget(position)) {
                return null;
            }
        }
        return null;
    }

    /** The last value of the variable for which the loop goes on, if its header begins by comparing it with a constant. */
    private Long lastValue(int header, IincInsnNode step, Set<Integer> body) {
        int load = LoopPolls.firstPosition(flow, header);
        boolean loadsIt = flow.instruction(load) instanceof VarInsnNode access
                && access.getOpcode() == Opcodes.ILOAD
                && access.var == step.var;
        if (!loadsIt) {
            return null;
        }
        int limit = LoopPolls.firstPosition(flow, load + 1);
        Integer bound = constant(flow.instruction(limit));
        if (bound == null) {
            return null;
        }
        int test = LoopPolls.firstPosition(flow, limit + 1);
        int[] ways = flow.successors(test); // falling through, jumping
        if (ways.length != 2 || body.contains(ways[0]) == body.contains(ways[1])) {
            return null;
        }
        int comparison = flow.instruction(test).getOpcode();
        Long last = lastValue(body.contains(ways[1]) ? comparison : negated(comparison), bound, step.incr);
        boolean overflows = last != null && last + step.incr != (int) (last + step.incr);
        return overflows ? null : last;
    }

    private static Long lastValue(int goesOnWhile, long bound, int step) {
        return switch (goesOnWhile) {
            case Opcodes.IF_ICMPLT -> step > 0 ? Long.valueOf(bound - 1) : null;
            case Opcodes.IF_ICMPLE -> step > 0 ? Long.valueOf(bound) : null;
            case Opcodes.IF_ICMPGT -> step < 0 ? Long.valueOf(bound + 1) : null;
            case Opcodes.IF_ICMPGE -> step < 0 ? Long.valueOf(bound) : null;
            default -> null;
        };
    }

    private static int negated(int comparison) {
        return switch (comparison) {
            case Opcodes.IF_ICMPLT -> Opcodes.IF_ICMPGE;
            case Opcodes.IF_ICMPLE -> Opcodes.IF_ICMPGT;
            case Opcodes.IF_ICMPGT -> Opcodes.IF_ICMPLE;
            case Opcodes.IF_ICMPGE -> Opcodes.IF_ICMPLT;
            default -> Opcodes.NOP;
        };
    }

    private static Integer constant(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return opcode - Opcodes.ICONST_0;
        }
        if (instruction instanceof IntInsnNode push && opcode != Opcodes.NEWARRAY) {
            return push.operand;
        }
        return instruction instanceof LdcInsnNode load && load.cst instanceof Integer value ? value : null;
    }
}
