package dev.checkrein.agent.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
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

    /** How many polls at entries stand further down. */
    int movedEntries;

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
        rule.checkReturns();
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
        List<Integer> entryPolls = new ArrayList<>();
        for (int i = 0; i < graph.size(); i++) {
            if ("atEntry".equals(graph.kindOfPoll(i))) {
                entryPolls.add(i);
            }
        }
        if (entryPolls.size() > 1) {
            broken.add("polls at several entries");
        }
        if (!elided && !entryPolls.contains(0)) {
            broken.add("no poll at the entry");
        }
        if (elided && !entryPolls.isEmpty() && effects().isEmpty()) {
            broken.add("an accessor polls at its entry");
        }
        if (elided && entryPolls.isEmpty() && !effects().isEmpty()) {
            broken.add("no poll at the entry");
        }
        Set<Integer> free = reachedWithout(entryPolls);
        effects().stream()
                .filter(effect -> elided && free.contains(effect))
                .forEach(effect -> broken.add("an effect that the poll at the entry does not come before: " + effect));
        entryPolls.forEach(this::checkPlaceOfEntryPoll);
    }

    private void checkPlaceOfEntryPoll(int poll) {
        if (poll == 0 && graph.targets.contains(0)) {
            broken.add("something jumps to the poll at the entry");
        }
        if (reach(graph.next.get(poll), Set.of()).contains(poll)) {
            broken.add("the poll at the entry is in a loop");
        }
        if (method.tryCatchBlocks.stream().anyMatch(block -> graph.covers(block, poll))) {
            broken.add("an exception range covers the poll at the entry");
        }
        movedEntries += poll > 0 ? 1 : 0;
    }

    private Set<Integer> reachedWithout(List<Integer> polls) {
        return reach(Set.of(0), Set.copyOf(polls));
    }

    private Set<Integer> reach(Set<Integer> from, Set<Integer> barred) {
        Set<Integer> reached = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            int node = open.pop();
            if (!barred.contains(node) && reached.add(node)) {
                open.addAll(graph.next.get(node));
            }
        }
        return reached;
    }

    /** Where something could be noticed. The methods made at random know no call without an effect. */
    private Set<Integer> effects() {
        Set<Integer> effects = new HashSet<>();
        for (int i = 0; i < graph.size(); i++) {
            int opcode = graph.instructions.get(i).getOpcode();
            boolean hasEffect = opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE
                    || opcode == Opcodes.PUTFIELD
                    || opcode == Opcodes.PUTSTATIC
                    || opcode >= Opcodes.INVOKEVIRTUAL && opcode <= Opcodes.ANEWARRAY
                    || opcode == Opcodes.MULTIANEWARRAY
                    || opcode == Opcodes.ATHROW
                    || opcode == Opcodes.MONITORENTER
                    || opcode == Opcodes.MONITOREXIT
                    || opcode == Opcodes.RET
                    || opcode == Opcodes.JSR;
            if (hasEffect && !graph.isPoll(i)) {
                effects.add(i);
            }
        }
        return effects;
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
            if (graph.mayCancel(i - 1)) {
                return true;
            }
        }
        for (int i = allocation + 1; i < graph.size() && !graph.targets.contains(i) && !graph.jumps(i - 1); i++) {
            if (graph.mayCancel(i)) {
                return true;
            }
        }
        return false;
    }

    /** All classes but these are rewritten. */
    private void checkReturns() {
        for (int i = 0; i + 1 < graph.size(); i++) {
            AbstractInsnNode instruction = graph.instructions.get(i);
            boolean blocks = instruction instanceof MethodInsnNode call && call.owner.startsWith("some/other/");
            if (blocks && !isReturnPollThere(i + 1)) {
                broken.add("no poll behind what may block: " + i);
            }
        }
    }

    /** Polls of other kinds may stand before it. */
    private boolean isReturnPollThere(int node) {
        int i = node;
        while (i < graph.size() && graph.mayCancel(i)) {
            i++;
        }
        return i < graph.size() && graph.isPoll(i);
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
