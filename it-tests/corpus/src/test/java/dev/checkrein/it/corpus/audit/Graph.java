package dev.checkrein.it.corpus.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javassist.bytecode.Opcode;

/** Which instruction of a rewritten method can follow which, by number. Polls throw too, but for those at returns. */
final class Graph {
    final Code code;
    final List<Set<Integer>> next = new ArrayList<>();
    final List<Set<Integer>> previous = new ArrayList<>();

    /** Where jumps and exceptions lead: a straight line ends before each. */
    final BitSet targets = new BitSet();

    final BitSet reachable = new BitSet();

    Graph(Code code) {
        this.code = code;
        for (int i = 0; i < size(); i++) {
            next.add(new HashSet<>(4));
            previous.add(new HashSet<>(4));
        }
        for (int i = 0; i < size(); i++) {
            connect(i);
        }
        for (Code.Range range : code.ranges) {
            connect(range);
        }
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int node = open.pop();
            if (!reachable.get(node)) {
                reachable.set(node);
                open.addAll(next.get(node));
            }
        }
        previous.forEach(before -> before.removeIf(node -> !reachable.get(node)));
    }

    int size() {
        return code.instructions.size();
    }

    Instruction at(int node) {
        return code.instructions.get(node);
    }

    private void connect(int node) {
        Instruction instruction = at(node);
        if (instruction.goesOn()) {
            connect(node, node + 1);
        }
        for (int target : instruction.targets()) {
            connect(node, code.index(target));
            targets.set(code.index(target));
        }
        if (instruction.opcode() == Opcode.RET) {
            for (int i = 0; i < size(); i++) {
                if (at(i).opcode() == Opcode.JSR) {
                    connect(node, i + 1);
                }
            }
        }
    }

    private void connect(Code.Range range) {
        int handler = code.index(range.handler());
        targets.set(handler);
        for (int i = code.index(range.start()); i < code.index(range.end()); i++) {
            if (at(i).mayThrow() && !"atReturn".equals(at(i).poll())) {
                connect(i, handler);
            }
        }
    }

    private void connect(int from, int to) {
        if (to < size()) {
            next.get(from).add(to);
            previous.get(to).add(from);
        }
    }

    /** What is on cycles that no poll which may cancel is on, apart from one another. */
    List<Set<Integer>> cyclesWithoutPoll() {
        Set<Integer> rest = new HashSet<>();
        for (int i = 0; i < size(); i++) {
            if (reachable.get(i) && !at(i).mayCancel()) {
                rest.add(i);
            }
        }
        peel(rest, next, previous);
        peel(rest, previous, next);
        List<Set<Integer>> cycles = new ArrayList<>();
        while (!rest.isEmpty()) {
            int first = rest.iterator().next();
            Set<Integer> together = reach(first, next, rest);
            together.retainAll(reach(first, previous, rest));
            if (together.size() > 1 || next.get(first).contains(first)) {
                cycles.add(together);
            }
            rest.removeAll(together);
        }
        return cycles;
    }

    /** Where control can come from the method's beginning without passing one of these. */
    Set<Integer> reachedWithout(List<Integer> barred) {
        Set<Integer> within = new HashSet<>();
        for (int i = 0; i < size(); i++) {
            within.add(i);
        }
        barred.forEach(within::remove);
        return reach(0, next, within);
    }

    boolean isInLoop(int node) {
        Set<Integer> all = Set.copyOf(reachedWithout(List.of()));
        return next.get(node).stream().anyMatch(after -> reach(after, next, all).contains(node));
    }

    boolean isCyclic(Set<Integer> nodes) {
        Set<Integer> rest = new HashSet<>(nodes);
        peel(rest, next, previous);
        return !rest.isEmpty();
    }

    /** Takes away, again and again, what has nothing before it. */
    private static void peel(Set<Integer> rest, List<Set<Integer>> forward, List<Set<Integer>> backward) {
        Deque<Integer> open = new ArrayDeque<>(rest);
        while (!open.isEmpty()) {
            int node = open.pop();
            if (rest.contains(node) && backward.get(node).stream().noneMatch(rest::contains)) {
                rest.remove(node);
                open.addAll(forward.get(node));
            }
        }
    }

    private static Set<Integer> reach(int from, List<Set<Integer>> edges, Set<Integer> within) {
        Set<Integer> reached = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int node = open.pop();
            if (within.contains(node) && reached.add(node)) {
                open.addAll(edges.get(node));
            }
        }
        return reached;
    }
}
