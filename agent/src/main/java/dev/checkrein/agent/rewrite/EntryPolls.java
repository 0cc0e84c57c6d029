package dev.checkrein.agent.rewrite;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * Where a method polls on its way in. With elision that is as late as can be, so that the ways through the method on which
 * it does nothing stay free: the getter, the value that is there already, the comparison of an object with itself.
 *
 * <p>The place is one that all effects ({@link Effects}) lie behind, on every path, and that is in no loop, so that it is
 * passed at most once, and in no exception range and no handler, so that what is thrown there is thrown at the caller. A method without effects has none: it is an accessor. It may have loops, which have their own polls.
 *
 * <p>A {@code synchronized} method polls at its beginning: it has taken a lock. So does the body of a lambda, and any
 * method of which its own class makes a reference: endless code outside, a stream for example, may call nothing else.
 */
final class EntryPolls {
    private final ControlFlow flow;
    private final BitSet effects;

    private EntryPolls(ControlFlow flow, BitSet effects) {
        this.flow = flow;
        this.effects = effects;
    }

    /**
     * Null if the method needs none.
     *
     * @param effects of the methods of its class
     */
    static PollSite place(MethodNode method, ControlFlow flow, Effects effects) {
        boolean locks = (method.access & Opcodes.ACC_SYNCHRONIZED) != 0;
        if (effects.isHandled(method) || locks || beginsWithEffect(method, flow, effects)) {
            return PollSite.atBeginning(PollKind.ENTRY);
        }
        BitSet positions = effects.of(method);
        if (positions.isEmpty()) {
            return null;
        }
        int place = new EntryPolls(flow, positions).place();
        return place == 0
                ? PollSite.atBeginning(PollKind.ENTRY)
                : PollSite.before(PollKind.ENTRY, LoopPolls.firstInstruction(flow, place));
    }

    /** Whether there is an effect in the method's first line, as in most methods: no need to look any further. */
    private static boolean beginsWithEffect(MethodNode method, ControlFlow flow, Effects effects) {
        for (int position = 0; position < flow.size(); position++) {
            if (position > 0 && flow.isJumpTarget(position)) {
                return false;
            }
            if (effects.isEffect(method, flow.instruction(position))) {
                return true;
            }
            if (flow.endsLine(position)) {
                return false;
            }
        }
        return false;
    }

    /**
     * The beginning of the line that the poll goes to, 0 for that of the method.
     *
     * <p>Goes down from the method's beginning for as long as there is just one way on that leads to effects. All effects lie
     * behind each line on that way: they lie behind the first, and whoever comes from one to an effect comes by the next.
     */
    private int place() {
        if (flow.hasSubroutines()) {
            return 0;
        }
        BitSet leading = leadingToEffects();
        Deque<Integer> way = new ArrayDeque<>();
        for (int line = 0; line >= 0 && !way.contains(line); line = onlyWayOn(line, leading)) {
            way.push(line);
        }
        while (way.peek() > 0 && !isFit(way.peek())) {
            way.pop();
        }
        int place = way.peek();
        return LoopPolls.firstPosition(flow, place) == LoopPolls.firstPosition(flow, 0) ? 0 : place;
    }

    /** The positions from which control can come to an effect, exceptions included, whatever throws them. */
    private BitSet leadingToEffects() {
        int[][] predecessors = flow.predecessors();
        BitSet leading = (BitSet) effects.clone();
        int[] open = new int[flow.size()];
        int size = 0;
        for (int position = effects.nextSetBit(0); position >= 0; position = effects.nextSetBit(position + 1)) {
            open[size++] = position;
        }
        while (size > 0) {
            int position = open[--size];
            for (int from : predecessors[position]) {
                if (!leading.get(from)) {
                    leading.set(from);
                    open[size++] = from;
                }
            }
            for (ControlFlow.Range range : flow.ranges()) {
                for (int from = range.start(); range.handler() == position && from < range.end(); from++) {
                    if (!leading.get(from)) {
                        leading.set(from);
                        open[size++] = from;
                    }
                }
            }
        }
        return leading;
    }

    /** The line that a line without effects leads to, if it is the only one that leads on to effects; else -1. */
    private int onlyWayOn(int line, BitSet leading) {
        Set<Integer> ways = new HashSet<>();
        int position = line;
        while (true) {
            if (effects.get(position)) {
                return -1;
            }
            for (int handler : flow.handlersAround(position)) {
                ways.add(handler);
            }
            if (flow.endsLine(position) || flow.isJumpTarget(position + 1)) {
                break;
            }
            position++;
        }
        for (int next : flow.successors(position)) {
            ways.add(next);
        }
        int onlyWay = -1;
        for (int way : ways) {
            if (leading.get(way)) {
                if (onlyWay >= 0) {
                    return -1;
                }
                onlyWay = way;
            }
        }
        return onlyWay;
    }

    private boolean isFit(int line) {
        int first = LoopPolls.firstPosition(flow, line);
        for (int position = line + 1; position <= first; position++) {
            if (flow.isJumpTarget(position)) {
                return false; // nothing stands in this line
            }
        }
        for (ControlFlow.Range range : flow.ranges()) {
            if (range.touches(line, first)) {
                return false;
            }
        }
        return !isInLoop(first);
    }

    private boolean isInLoop(int position) {
        if (!flow.goesBack()) {
            return false;
        }
        BitSet reached = new BitSet(flow.size());
        Deque<Integer> open = new ArrayDeque<>();
        open.push(position);
        while (!open.isEmpty()) {
            int from = open.pop();
            for (int[] next : new int[][] {flow.successors(from), flow.handlersAround(from)}) {
                for (int to : next) {
                    if (to == position) {
                        return true;
                    }
                    if (!reached.get(to)) {
                        reached.set(to);
                        open.push(to);
                    }
                }
            }
        }
        return false;
    }
}
