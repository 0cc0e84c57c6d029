package dev.checkrein.it.corpus.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import javassist.bytecode.Opcode;

/**
 * Shows that a loop without a poll is over soon, by counting: every turn passes one comparison of a variable with a constant
 * and one increment of it, nothing else writes it, and each way in sets it to a constant.
 */
final class CountedLoop {
    private static final int MOST_TURNS = 64;

    private final Graph graph;
    private final Set<Integer> loop;

    CountedLoop(Graph graph, Set<Integer> loop) {
        this.graph = graph;
        this.loop = loop;
    }

    boolean isShort() {
        for (int step : loop) {
            Instruction increment = graph.at(step);
            if (increment.opcode() != Opcode.IINC || !everyTurnPasses(step) || writers(increment.variable()) != 1) {
                continue;
            }
            for (int test : loop) {
                if (isTestOf(test, increment.variable()) && everyTurnPasses(test) && endsInTime(test, increment)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean everyTurnPasses(int node) {
        Set<Integer> others = new HashSet<>(loop);
        others.remove(node);
        return !graph.isCyclic(others);
    }

    private long writers(int variable) {
        return loop.stream().filter(node -> graph.at(node).writes(variable)).count();
    }

    private boolean isTestOf(int test, int variable) {
        int opcode = graph.at(test).opcode();
        return opcode >= Opcode.IF_ICMPEQ
                && opcode <= Opcode.IF_ICMPLE
                && test >= 2
                && graph.previous.get(test).equals(Set.of(test - 1))
                && graph.previous.get(test - 1).equals(Set.of(test - 2))
                && graph.at(test - 1).constant() != null
                && graph.at(test - 2).opcode() == Opcode.ILOAD
                && graph.at(test - 2).variable() == variable;
    }

    private boolean endsInTime(int test, Instruction increment) {
        boolean staysByJumping = loop.contains(graph.code.index(graph.at(test).targets()[0]));
        if (staysByJumping == loop.contains(test + 1) || loop.contains(0)) {
            return false;
        }
        int bound = graph.at(test - 1).constant();
        for (int node : loop) {
            for (int from : graph.previous.get(node)) {
                if (!loop.contains(from) && !isFewTurns(from, test, increment, bound, staysByJumping)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** On every way that comes from there the variable was set, or counted on as before: on a turn with a poll on it. */
    private boolean isFewTurns(int from, int test, Instruction increment, int bound, boolean staysByJumping) {
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>(Set.of(from));
        while (!open.isEmpty()) {
            int node = open.pop();
            if (loop.contains(node) || !seen.add(node)) {
                continue;
            }
            if (graph.at(node).writes(increment.variable())) {
                if (!isFewTurnsFrom(node, test, increment, bound, staysByJumping)) {
                    return false;
                }
            } else if (graph.previous.get(node).isEmpty()) {
                return false;
            } else {
                open.addAll(graph.previous.get(node));
            }
        }
        return true;
    }

    private boolean isFewTurnsFrom(int store, int test, Instruction increment, int bound, boolean staysByJumping) {
        Integer value = store == 0 ? null : graph.at(store - 1).constant();
        boolean set = graph.at(store).opcode() == Opcode.ISTORE
                && graph.previous.get(store).equals(Set.of(store - 1))
                && value != null;
        if (!set) {
            return false;
        }
        int turns = 0;
        for (int i = value; jumps(graph.at(test).opcode(), i, bound) == staysByJumping; turns++) {
            if (turns == MOST_TURNS) {
                return false;
            }
            i += Integer.parseInt(increment.operand());
        }
        return true;
    }

    private static boolean jumps(int opcode, int left, int right) {
        return switch (opcode) {
            case Opcode.IF_ICMPEQ -> left == right;
            case Opcode.IF_ICMPNE -> left != right;
            case Opcode.IF_ICMPLT -> left < right;
            case Opcode.IF_ICMPGE -> left >= right;
            case Opcode.IF_ICMPGT -> left > right;
            default -> left <= right;
        };
    }
}
