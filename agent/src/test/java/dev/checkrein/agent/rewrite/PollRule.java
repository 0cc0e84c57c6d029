package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The rule of {@link PollPlacement}, written a second time from its prose as something to hold a rewritten method against.
 * Uses nothing of what places polls but the number of turns that a short loop may have.
 */
final class PollRule {
    private final MethodNode method;
    private final RewrittenGraph graph;
    private final boolean elided;
    private final List<String> broken = new ArrayList<>();

    /** How many cycles without a poll there were that a constant bounds. */
    int shortLoops;

    private PollRule(MethodNode method, boolean elided) {
        this.method = method;
        this.graph = new RewrittenGraph(method);
        this.elided = elided;
    }

    /** Where the method breaks the rule. */
    static PollRule check(MethodNode rewritten, boolean elided) {
        PollRule rule = new PollRule(rewritten, elided);
        rule.checkLoops();
        rule.checkEntry();
        rule.checkAllocations();
        rule.checkThatPollsAreReached();
        return rule;
    }

    List<String> broken() {
        return broken;
    }

    private void checkLoops() {
        for (Set<Integer> cycle : graph.cyclesWithoutPoll()) {
            if (elided && new CountedLoopProof(graph, cycle).holds(ShortLoops.MOST_TURNS)) {
                shortLoops++;
            } else {
                broken.add("cycle without a poll: " + cycle);
            }
        }
    }

    private void checkEntry() {
        boolean polls = "atEntry".equals(graph.kindOfPoll(0));
        boolean mayDoWithout = elided && isAccessor();
        if (polls == mayDoWithout) {
            broken.add(polls ? "an accessor polls at its entry" : "no poll at the entry");
        }
        if (polls && graph.targets.contains(0)) {
            broken.add("something jumps to the poll at the entry");
        }
        AbstractInsnNode before = graph.instructions.get(0).getPrevious();
        for (; before != null; before = before.getPrevious()) {
            AbstractInsnNode node = before;
            if (polls
                    && node instanceof LabelNode
                    && method.tryCatchBlocks.stream().anyMatch(b -> b.start == node)) {
                broken.add("an exception range covers the poll at the entry");
            }
        }
    }

    private boolean isAccessor() {
        boolean simple = graph.cyclesWithoutPoll().isEmpty() && method.tryCatchBlocks.isEmpty();
        for (int i = 0; i < graph.size(); i++) {
            int opcode = graph.instructions.get(i).getOpcode();
            boolean hasEffect = opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE
                    || opcode == Opcodes.PUTFIELD
                    || opcode == Opcodes.PUTSTATIC
                    || opcode >= Opcodes.INVOKEVIRTUAL && opcode <= Opcodes.ANEWARRAY && !graph.isPoll(i)
                    || opcode == Opcodes.MULTIANEWARRAY
                    || opcode == Opcodes.ATHROW
                    || opcode == Opcodes.MONITORENTER
                    || opcode == Opcodes.MONITOREXIT;
            boolean onCycle = "atLoop".equals(graph.kindOfPoll(i));
            simple &= !hasEffect && !onCycle && opcode != Opcodes.RET && opcode != Opcodes.JSR;
        }
        return simple;
    }

    private void checkAllocations() {
        for (int i = 0; i < graph.size(); i++) {
            int opcode = graph.instructions.get(i).getOpcode();
            boolean allocates =
                    opcode >= Opcodes.NEW && opcode <= Opcodes.ANEWARRAY || opcode == Opcodes.MULTIANEWARRAY;
            if (!allocates) {
                continue;
            }
            boolean covered = elided
                    ? isCoveredInItsLine(i)
                    : i + 1 < graph.size() && "atAllocation".equals(graph.kindOfPoll(i + 1));
            if (!covered) {
                broken.add("allocation without a poll: " + i);
            }
        }
    }

    private boolean isCoveredInItsLine(int allocation) {
        for (int i = allocation; !graph.targets.contains(i) && i > 0 && !graph.jumps(i - 1); i--) {
            if (mayCancel(i - 1)) {
                return true;
            }
        }
        for (int i = allocation + 1; i < graph.size() && !graph.targets.contains(i) && !graph.jumps(i - 1); i++) {
            if (mayCancel(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayCancel(int node) {
        return graph.isPoll(node) && !graph.kindOfPoll(node).equals("atReturn");
    }

    /** A poll that nothing leads to, before something that is led to, would need a stack map frame that is not there. */
    private void checkThatPollsAreReached() {
        for (int i = 1; i < graph.size(); i++) {
            if (graph.isPoll(i) && !graph.goesOn(graph.instructions.get(i - 1)) && !graph.targets.contains(i)) {
                AbstractInsnNode previous = graph.instructions.get(i - 1);
                if (previous.getOpcode() != Opcodes.JSR) {
                    broken.add("poll that nothing leads to: " + i);
                }
            }
        }
    }
}
