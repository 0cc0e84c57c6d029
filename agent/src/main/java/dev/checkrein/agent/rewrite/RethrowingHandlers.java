package dev.checkrein.agent.rewrite;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Handlers that end by throwing. What counts is code that belongs to a handler alone, that can come to an {@code athrow}, and
 * from which there is no other way out: neither a return nor a jump to code that is reached without the exception, too. So a
 * handler that decides whether to go on or to give up is cleanup only from where it has decided to give up, and one that
 * loops for ever is none. One that is suspended goes on where it is resumed ({@link SuspendedFlow}).
 */
final class RethrowingHandlers {
    /** Handlers times instructions: beyond it the search would be felt. */
    private static final long MOST_WORK = 20_000_000;

    private final ControlFlow flow;
    private final SuspendedFlow suspended;
    private final int[][] predecessors;
    private final int[] open;
    private final boolean[] inCleanup;

    private RethrowingHandlers(ControlFlow flow, SuspendedFlow suspended, boolean[] inCleanup) {
        this.flow = flow;
        this.suspended = suspended;
        this.predecessors = suspended.predecessors();
        this.open = new int[flow.size()];
        this.inCleanup = inCleanup;
    }

    /** Whether they were marked: if not, it would have taken too long to find them. */
    static boolean mark(MethodNode method, ControlFlow flow, SuspendedFlow suspended, boolean[] inCleanup) {
        Set<Integer> handlers = new HashSet<>();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            handlers.add(method.instructions.indexOf(block.handler));
        }
        if ((long) handlers.size() * flow.size() > MOST_WORK) {
            return false;
        }
        RethrowingHandlers search = new RethrowingHandlers(flow, suspended, inCleanup);
        for (int handler : handlers) {
            search.markOne(handler);
        }
        return true;
    }

    private void markOne(int handler) {
        BitSet own = reachable(handler, -1);
        own.andNot(reachable(0, handler));
        BitSet mayGoOn = new BitSet();
        BitSet mayThrow = new BitSet();
        for (int position = own.nextSetBit(0); position >= 0; position = own.nextSetBit(position + 1)) {
            if (goesOn(position, own)) {
                mayGoOn.set(position);
            } else if (flow.instruction(position).getOpcode() == Opcodes.ATHROW) {
                mayThrow.set(position);
            }
        }
        spreadBackwards(mayGoOn, own);
        spreadBackwards(mayThrow, own);
        mayThrow.andNot(mayGoOn);
        for (int position = mayThrow.nextSetBit(0); position >= 0; position = mayThrow.nextSetBit(position + 1)) {
            inCleanup[position] = true;
        }
    }

    private boolean goesOn(int position, BitSet own) {
        int opcode = flow.instruction(position).getOpcode();
        int[] nexts = suspended.successors(position);
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && nexts.length == 0) {
            return true;
        }
        for (int next : nexts) {
            if (!own.get(next)) {
                return true;
            }
        }
        return false;
    }

    private BitSet reachable(int from, int avoiding) {
        BitSet reached = new BitSet(flow.size());
        if (from == avoiding) {
            return reached;
        }
        int size = 0;
        open[size++] = from;
        reached.set(from);
        while (size > 0) {
            int position = open[--size];
            while (flow.isPlain(position) && position + 1 != avoiding && !reached.get(position + 1)) {
                reached.set(++position);
            }
            for (int next : suspended.successors(position)) {
                if (next != avoiding && !reached.get(next)) {
                    reached.set(next);
                    open[size++] = next;
                }
            }
            for (int next : flow.handlers(position)) {
                if (next != avoiding && !reached.get(next)) {
                    reached.set(next);
                    open[size++] = next;
                }
            }
        }
        return reached;
    }

    /** Adds what leads to those in the set, within the bounds. */
    private void spreadBackwards(BitSet set, BitSet bounds) {
        int size = 0;
        for (int position = set.nextSetBit(0); position >= 0; position = set.nextSetBit(position + 1)) {
            open[size++] = position;
        }
        while (size > 0) {
            for (int previous : predecessors[open[--size]]) {
                if (bounds.get(previous) && !set.get(previous)) {
                    set.set(previous);
                    open[size++] = previous;
                }
            }
        }
    }
}
