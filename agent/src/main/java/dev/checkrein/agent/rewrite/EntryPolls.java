package dev.checkrein.agent.rewrite;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * Where a method polls on its way in. With elision that is as late as can be, so that the ways through the method on which
 * it does nothing stay free: the getter, the value that is there already, the comparison of an object with itself.
 *
 * <p>The place is one that all effects ({@link Effects}) lie behind, on every path, and that is in no loop, so that it is
 * passed at most once, and in no exception range and no handler, so that what is thrown there is thrown at the caller. A method without effects has none: it is an accessor. It may have loops, which have their own polls.
 *
 * <p>A {@code synchronized} method polls at its beginning: it has taken a lock. The body of a lambda always polls at its beginning: endless code outside, a stream for example, may call nothing else.
 */
final class EntryPolls {
    private static final String LAMBDA_PREFIX = "lambda$";

    private final ControlFlow flow;
    private final BitSet effects;

    private EntryPolls(ControlFlow flow, BitSet effects) {
        this.flow = flow;
        this.effects = effects;
    }

    /**
     * Empty if the method needs none.
     *
     * @param effects the positions of the method's {@link Effects}
     */
    static Optional<PollSite> place(MethodNode method, ControlFlow flow, BitSet effects) {
        boolean lambda = (method.access & Opcodes.ACC_SYNTHETIC) != 0 && method.name.startsWith(LAMBDA_PREFIX);
        boolean locks = (method.access & Opcodes.ACC_SYNCHRONIZED) != 0;
        if (effects.isEmpty() && !lambda && !locks) {
            return Optional.empty();
        }
        int place = lambda || locks ? 0 : new EntryPolls(flow, effects).place();
        return Optional.of(
                place == 0
                        ? PollSite.atBeginning(PollKind.ENTRY)
                        : PollSite.before(PollKind.ENTRY, LoopPolls.firstInstruction(flow, place)));
    }

    /**
     * The beginning of the line that the poll goes to, 0 for that of the method.
     *
     * <p>Goes down from the method's beginning for as long as there is just one way on that leads to effects. All effects lie
     * behind each line on that way: they lie behind the first, and whoever comes from one to an effect comes by the next.
     */
    private int place() {
        if (lineOf(effects.nextSetBit(0)) == 0 || flow.hasSubroutines()) {
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
        List<List<Integer>> predecessors = flow.predecessors();
        BitSet leading = new BitSet(flow.size());
        Deque<Integer> open = new ArrayDeque<>();
        effects.stream().forEach(open::push);
        while (!open.isEmpty()) {
            int position = open.pop();
            if (leading.get(position)) {
                continue;
            }
            leading.set(position);
            predecessors.get(position).forEach(open::push);
            for (ControlFlow.Range range : flow.ranges()) {
                if (range.handler() == position) {
                    IntStream.range(range.start(), range.end()).forEach(open::push);
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
        ways.removeIf(way -> !leading.get(way));
        return ways.size() == 1 ? ways.iterator().next() : -1;
    }

    private int lineOf(int position) {
        int start = position;
        while (start > 0 && !flow.isJumpTarget(start) && !flow.endsLine(start - 1)) {
            start--;
        }
        return start;
    }

    private boolean isFit(int line) {
        int first = LoopPolls.firstPosition(flow, line);
        for (int position = line + 1; position <= first; position++) {
            if (flow.isJumpTarget(position)) {
                return false; // nothing stands in this line
            }
        }
        return flow.ranges().stream().noneMatch(range -> range.touches(line, first)) && !isInLoop(first);
    }

    private boolean isInLoop(int position) {
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
