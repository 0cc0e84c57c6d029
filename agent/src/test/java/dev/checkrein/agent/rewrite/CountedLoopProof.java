package dev.checkrein.agent.rewrite;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Shows that cycles without a poll are over after a few turns, by running the counter. If every turn passes one comparison of
 * a variable with a constant and one increment, nothing else changes it, and on each way in it is known, then what it counts
 * is what an {@code int} counts here.
 */
final class CountedLoopProof {
    private final RewrittenGraph graph;
    private final Set<Integer> cycle;

    CountedLoopProof(RewrittenGraph graph, Set<Integer> cycle) {
        this.graph = graph;
        this.cycle = cycle;
    }

    /** Whether it holds for some comparison in the cycle. */
    boolean holds(int mostTurns) {
        for (int node : cycle) {
            if (graph.instructions.get(node) instanceof IincInsnNode increment
                    && everyTurnPasses(node)
                    && nothingElseWrites(increment.var, node)
                    && someTestEndsIt(increment, mostTurns)) {
                return true;
            }
        }
        return false;
    }

    private boolean everyTurnPasses(int node) {
        Set<Integer> others = new TreeSet<>(cycle);
        others.remove(node);
        return !graph.isCyclic(others);
    }

    private boolean nothingElseWrites(int variable, int except) {
        return cycle.stream().allMatch(node -> node == except || !writes(graph.instructions.get(node), variable));
    }

    private static boolean writes(AbstractInsnNode instruction, int variable) {
        if (instruction instanceof IincInsnNode increment) {
            return increment.var == variable;
        }
        if (instruction instanceof VarInsnNode access && access.getOpcode() >= Opcodes.ISTORE) {
            boolean two = access.getOpcode() == Opcodes.LSTORE || access.getOpcode() == Opcodes.DSTORE;
            return access.var == variable || two && access.var + 1 == variable;
        }
        return false;
    }

    private boolean someTestEndsIt(IincInsnNode increment, int mostTurns) {
        for (int test : cycle) {
            int opcode = graph.instructions.get(test).getOpcode();
            if (opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE && everyTurnPasses(test)) {
                Integer bound = comparedWith(test, increment.var);
                if (bound != null && endsInTime(test, bound, increment, mostTurns)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The constant that the variable is compared with there, if that is what is done. */
    private Integer comparedWith(int test, int variable) {
        boolean plain = test >= 2 && onlyFrom(test, test - 1) && onlyFrom(test - 1, test - 2);
        if (!plain
                || !(graph.instructions.get(test - 2) instanceof VarInsnNode load)
                || load.getOpcode() != Opcodes.ILOAD
                || load.var != variable) {
            return null;
        }
        return constant(graph.instructions.get(test - 1));
    }

    private boolean onlyFrom(int node, int from) {
        return graph.previous.get(node).equals(Set.of(from));
    }

    private boolean endsInTime(int test, int bound, IincInsnNode increment, int mostTurns) {
        boolean staysOnJump = cycle.contains(targetOf(test));
        if (staysOnJump == cycle.contains(test + 1)) {
            return false;
        }
        for (int node : cycle) {
            for (int from : graph.previous.get(node)) {
                if (!cycle.contains(from) && !comesFromTheCycle(from, increment.var)) {
                    Integer value = valueAfter(from, increment.var);
                    if (value == null
                            || turns(value, test, bound, staysOnJump, increment.incr, mostTurns) > mostTurns) {
                        return false;
                    }
                }
            }
        }
        return !cycle.contains(0); // the method's beginning is a way in too
    }

    /** The loop may go on on a way with a poll, beside a way without: the variable counts on as before. */
    private boolean comesFromTheCycle(int from, int variable) {
        int node = from;
        for (int steps = graph.size(); steps > 0 && !writes(graph.instructions.get(node), variable); steps--) {
            if (graph.previous.get(node).size() != 1) {
                return false;
            }
            node = graph.previous.get(node).iterator().next();
            if (cycle.contains(node)) {
                return true;
            }
        }
        return false;
    }

    private int targetOf(int test) {
        return graph.next.get(test).stream()
                .filter(node -> node != test + 1)
                .findFirst()
                .orElse(test + 1);
    }

    private int turns(int from, int test, int bound, boolean staysOnJump, int step, int mostTurns) {
        int turns = 0;
        int value = from;
        while (turns <= mostTurns && jumps(graph.instructions.get(test).getOpcode(), value, bound) == staysOnJump) {
            value += step;
            turns++;
        }
        return turns;
    }

    private static boolean jumps(int opcode, int left, int right) {
        return switch (opcode) {
            case Opcodes.IF_ICMPEQ -> left == right;
            case Opcodes.IF_ICMPNE -> left != right;
            case Opcodes.IF_ICMPLT -> left < right;
            case Opcodes.IF_ICMPGE -> left >= right;
            case Opcodes.IF_ICMPGT -> left > right;
            default -> left <= right;
        };
    }

    /** What the variable holds when control comes from there, if each way there sets it to a constant last. */
    private Integer valueAfter(int from, int variable) {
        int node = from;
        for (int steps = graph.size(); steps > 0 && node > 0; steps--) {
            AbstractInsnNode instruction = graph.instructions.get(node);
            if (writes(instruction, variable)) {
                boolean plain = instruction.getOpcode() == Opcodes.ISTORE && onlyFrom(node, node - 1);
                return plain ? constant(graph.instructions.get(node - 1)) : null;
            }
            if (graph.previous.get(node).size() != 1) {
                return null;
            }
            node = graph.previous.get(node).iterator().next();
        }
        return null;
    }

    private static Integer constant(AbstractInsnNode instruction) {
        if (instruction instanceof LdcInsnNode load) {
            return load.cst instanceof Integer value ? value : null;
        }
        if (instruction instanceof IntInsnNode push) {
            return push.getOpcode() == Opcodes.NEWARRAY ? null : push.operand;
        }
        int value = instruction.getOpcode() - Opcodes.ICONST_0;
        return value >= -1 && value <= 5 ? value : null;
    }
}
