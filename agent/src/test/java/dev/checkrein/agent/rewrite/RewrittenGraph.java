package dev.checkrein.agent.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Which instruction can follow which in a rewritten method, polls included: the checker's own view, over instructions alone,
 * written without a look at how polls are placed.
 */
final class RewrittenGraph {
    /** Those that throw nothing, ever: JVMS 6.5. A {@code monitorexit} is taken not to (see {@link ControlFlow}). */
    private static final Set<Integer> THROWING_SIMPLE = Set.of(
            Opcodes.IDIV,
            Opcodes.LDIV,
            Opcodes.IREM,
            Opcodes.LREM,
            Opcodes.ARRAYLENGTH,
            Opcodes.ATHROW,
            Opcodes.MONITORENTER);

    final List<AbstractInsnNode> instructions = new ArrayList<>();
    final List<Set<Integer>> next = new ArrayList<>();
    final List<Set<Integer>> previous = new ArrayList<>();

    /** Where a jump, a switch or an exception leads. */
    final Set<Integer> targets = new TreeSet<>();

    private final Map<LabelNode, Integer> labels = new HashMap<>();

    RewrittenGraph(MethodNode method) {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof LabelNode label) {
                labels.put(label, instructions.size());
            } else if (node.getOpcode() >= 0) {
                instructions.add(node);
            }
        }
        for (int i = 0; i < instructions.size(); i++) {
            next.add(new TreeSet<>());
            previous.add(new TreeSet<>());
        }
        for (int i = 0; i < instructions.size(); i++) {
            addEdges(i, method.tryCatchBlocks);
        }
        boolean[] reachable = reachable();
        previous.forEach(before -> before.removeIf(node -> !reachable[node]));
    }

    int size() {
        return instructions.size();
    }

    boolean isPoll(int node) {
        return kindOfPoll(node) != null;
    }

    /** Its name in the stub, or null. */
    String kindOfPoll(int node) {
        return instructions.get(node) instanceof MethodInsnNode call && call.owner.equals("java/lang/CheckreinPoll")
                ? call.name
                : null;
    }

    /** Whether it is a poll at which something may be thrown. One at a return never is, and so ends no loop. */
    boolean mayCancel(int node) {
        return isPoll(node) && !kindOfPoll(node).equals("atReturn");
    }

    /** What the method can reach. */
    boolean[] reachable() {
        boolean[] reached = new boolean[size()];
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int node = open.pop();
            if (!reached[node]) {
                reached[node] = true;
                open.addAll(next.get(node));
            }
        }
        return reached;
    }

    /** Whether it ends a straight line. */
    boolean jumps(int node) {
        return !targetsOf(instructions.get(node)).isEmpty() || !goesOn(instructions.get(node));
    }

    boolean goesOn(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        boolean returns = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
        boolean leaves = opcode >= Opcodes.GOTO && opcode <= Opcodes.LOOKUPSWITCH; // goto, jsr, ret, the switches
        return !returns && !leaves && opcode != Opcodes.ATHROW;
    }

    boolean covers(TryCatchBlockNode block, int node) {
        return node >= labels.get(block.start) && node < labels.get(block.end);
    }

    private void addEdges(int node, List<TryCatchBlockNode> blocks) {
        AbstractInsnNode instruction = instructions.get(node);
        if (goesOn(instruction)) {
            connect(node, node + 1);
        }
        for (LabelNode label : targetsOf(instruction)) {
            connect(node, labels.get(label));
            targets.add(labels.get(label));
        }
        if (instruction.getOpcode() == Opcodes.RET) {
            for (int i = 0; i < size(); i++) {
                if (instructions.get(i).getOpcode() == Opcodes.JSR) {
                    connect(node, i + 1);
                }
            }
        }
        for (TryCatchBlockNode block : blocks) {
            targets.add(labels.get(block.handler));
            if (covers(block, node) && throwsSomething(instruction) && !"atReturn".equals(kindOfPoll(node))) {
                connect(node, labels.get(block.handler));
            }
        }
    }

    private void connect(int from, int to) {
        if (to < size()) {
            next.get(from).add(to);
            previous.get(to).add(from);
        }
    }

    private static List<LabelNode> targetsOf(AbstractInsnNode instruction) {
        List<LabelNode> targets = new ArrayList<>();
        if (instruction instanceof JumpInsnNode jump) {
            targets.add(jump.label);
        } else if (instruction instanceof TableSwitchInsnNode table) {
            targets.addAll(table.labels);
            targets.add(table.dflt);
        } else if (instruction instanceof LookupSwitchInsnNode lookup) {
            targets.addAll(lookup.labels);
            targets.add(lookup.dflt);
        }
        return targets;
    }

    private static boolean throwsSomething(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        return switch (instruction.getType()) {
            case AbstractInsnNode.FIELD_INSN,
                    AbstractInsnNode.METHOD_INSN,
                    AbstractInsnNode.INVOKE_DYNAMIC_INSN,
                    AbstractInsnNode.TYPE_INSN,
                    AbstractInsnNode.LDC_INSN,
                    AbstractInsnNode.MULTIANEWARRAY_INSN -> true;
            case AbstractInsnNode.INT_INSN -> opcode == Opcodes.NEWARRAY;
            case AbstractInsnNode.INSN -> THROWING_SIMPLE.contains(opcode) || arrayAccess(opcode);
            default -> false;
        };
    }

    private static boolean arrayAccess(int opcode) {
        return opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD
                || opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
    }

    /** The cycles that no poll which may cancel is on, each as the set of what can be reached from one another without a poll. */
    List<Set<Integer>> cyclesWithoutPoll() {
        boolean[] reachable = reachable();
        int[] left = new int[size()];
        Set<Integer> rest = new TreeSet<>();
        for (int i = 0; i < size(); i++) {
            if (reachable[i] && !mayCancel(i)) {
                rest.add(i);
            }
        }
        peel(rest, left, next, previous);
        peel(rest, left, previous, next);
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

    /** Takes away, again and again, what has nothing before it: such a thing is on no cycle. */
    private static void peel(Set<Integer> rest, int[] left, List<Set<Integer>> forward, List<Set<Integer>> backward) {
        Arrays.fill(left, 0);
        Deque<Integer> free = new ArrayDeque<>();
        for (int node : rest) {
            for (int before : backward.get(node)) {
                left[node] += rest.contains(before) ? 1 : 0;
            }
            if (left[node] == 0) {
                free.push(node);
            }
        }
        while (!free.isEmpty()) {
            int node = free.pop();
            rest.remove(node);
            for (int after : forward.get(node)) {
                if (rest.contains(after) && --left[after] == 0) {
                    free.push(after);
                }
            }
        }
    }

    private static Set<Integer> reach(int from, List<Set<Integer>> edges, Set<Integer> within) {
        Set<Integer> reached = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int node = open.pop();
            if (within.contains(node) && reached.add(node)) {
                open.addAll(edges.get(node));
            }
        }
        return reached;
    }

    /** Whether anything cyclic is left of these nodes. */
    boolean isCyclic(Set<Integer> nodes) {
        Set<Integer> rest = new TreeSet<>(nodes);
        peel(rest, new int[size()], next, previous);
        return !rest.isEmpty();
    }
}
