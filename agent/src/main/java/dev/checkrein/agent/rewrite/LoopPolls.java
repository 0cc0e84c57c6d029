package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The edges on which loops poll: why those are enough is said at {@link PollPlacement}. */
final class LoopPolls {
    private static final byte NEW = 0;
    private static final byte INSIDE = 1;
    private static final byte LEFT = 2;

    /**
     * An edge that goes back.
     *
     * @param byException whether it leads into an exception handler
     */
    record BackEdge(int from, int to, boolean byException) {}

    private final ControlFlow flow;
    private final byte[] state;

    /** The positions that the walk is inside of, and which edge it follows next from each. */
    private final int[] path;

    private final int[] nextEdge;
    private int depth;
    private final List<BackEdge> backEdges = new ArrayList<>();

    private LoopPolls(ControlFlow flow) {
        this.flow = flow;
        this.state = new byte[flow.size()];
        this.path = new int[flow.size()];
        this.nextEdge = new int[flow.size()];
    }

    static List<BackEdge> backEdges(ControlFlow flow) {
        if (!flow.goesBack()) {
            return List.of();
        }
        LoopPolls search = new LoopPolls(flow);
        if (flow.size() > 0) {
            search.walk(0);
        }
        // Handlers that nothing in the method can throw to: what a poll throws leads there all the same.
        for (ControlFlow.Range range : flow.ranges()) {
            if (search.state[range.handler()] == NEW) {
                search.walk(range.handler());
            }
        }
        return search.backEdges;
    }

    /**
     * The place at the bottom of the loop: on the edge, so that entering the loop does not poll; or above the call that
     * tells whether to go on. What it has taken, the lock in {@code do … while (!lock.tryLock())} for example, is given back by a
     * {@code try} that may stand right behind the loop, and an error thrown between the two would lose it.
     */
    static PollSite site(ControlFlow flow, BackEdge edge) {
        if (edge.byException) {
            // An edge by exception has no place of its own: poll where the handler begins. stack: exception
            return PollSite.before(PollKind.LOOP, firstInstruction(flow, edge.to));
        }
        AbstractInsnNode from = flow.instruction(edge.from);
        if (flow.hasSubroutines() && leavesRange(flow, edge)) {
            // Old compilers leave a monitor by a jsr from within the range that protects it. The JIT refuses a poll
            // there.
            return PollSite.before(PollKind.LOOP, firstInstruction(flow, edge.to));
        }
        return fallsThrough(flow, edge)
                ? PollSite.after(PollKind.LOOP, from)
                : PollSite.before(PollKind.LOOP, flow.instruction(aboveCall(flow, edge.from)));
    }

    /** The call whose result the jump depends on, or is kept for the beginning of the next turn; if there is none, the jump. */
    private static int aboveCall(ControlFlow flow, int jump) {
        int first = jump;
        while (first > 0 && isInOneLine(flow, first - 1, first) && passesOn(flow.instruction(first - 1))) {
            first--;
        }
        boolean isCall = first > 0
                && isInOneLine(flow, first - 1, first)
                && flow.instruction(first - 1) instanceof MethodInsnNode call
                && !call.desc.endsWith(")V")
                && !CallsWithoutEffect.contain(call);
        return isCall ? first - 1 : jump;
    }

    /** Whether it does no more with what a call has returned than to keep or compare it. */
    private static boolean passesOn(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        return opcode <= Opcodes.ALOAD // constants and variables, labels
                || opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE
                || opcode >= Opcodes.LCMP && opcode <= Opcodes.DCMPG
                || opcode == Opcodes.PUTSTATIC
                || opcode == Opcodes.PUTFIELD
                || opcode == Opcodes.CHECKCAST;
    }

    /** Whether control always comes from the one to the other, and what is thrown in both is caught by the same. */
    private static boolean isInOneLine(ControlFlow flow, int position, int next) {
        if (flow.isJumpTarget(next) || flow.endsLine(position)) {
            return false;
        }
        for (ControlFlow.Range range : flow.ranges()) {
            if (range.covers(position) != range.covers(next)) {
                return false;
            }
        }
        return true;
    }

    private static boolean leavesRange(ControlFlow flow, BackEdge edge) {
        for (ControlFlow.Range range : flow.ranges()) {
            if (range.covers(edge.from) && !range.covers(edge.to)) {
                return true;
            }
        }
        return false;
    }

    /** Not so for a jump to the very next instruction, which would pass by a poll between the two. */
    static boolean fallsThrough(ControlFlow flow, BackEdge edge) {
        return edge.to == edge.from + 1 && flow.onlyFallsThrough(edge.from);
    }

    /** The first real instruction from there on, behind labels and the stack map frame that may stand there. */
    static AbstractInsnNode firstInstruction(ControlFlow flow, int position) {
        return flow.instruction(firstPosition(flow, position));
    }

    static int firstPosition(ControlFlow flow, int position) {
        int p = position;
        while (flow.instruction(p).getOpcode() < 0) {
            p++;
        }
        return p;
    }

    private void walk(int root) {
        enter(root);
        while (depth > 0) {
            int position = path[depth - 1];
            int edge = nextEdge[depth - 1]++;
            if (flow.isPlain(position)) { // nearly always
                if (edge == 0) {
                    follow(position, position + 1, false);
                } else {
                    leave(position);
                }
                continue;
            }
            int[] successors = flow.successors(position);
            int[] handlers = flow.handlers(position);
            if (edge < successors.length) {
                follow(position, successors[edge], false);
            } else if (edge < successors.length + handlers.length) {
                follow(position, handlers[edge - successors.length], true);
            } else {
                leave(position);
            }
        }
    }

    private void enter(int position) {
        state[position] = INSIDE;
        path[depth] = position;
        nextEdge[depth] = 0;
        depth++;
    }

    private void leave(int position) {
        state[position] = LEFT;
        depth--;
    }

    private void follow(int from, int to, boolean byException) {
        if (state[to] == INSIDE) {
            backEdges.add(new BackEdge(from, to, byException));
        } else if (state[to] == NEW) {
            enter(to);
        }
    }
}
