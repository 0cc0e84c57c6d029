package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * How a poll is emitted: as one {@code invokestatic ()V}. Three bytes that touch neither the operand stack nor the locals
 * and do not branch, so every stack map frame stays valid as it is, and the maxima stay true.
 */
final class PollInserter {
    private PollInserter() {}

    /**
     * Takes out all polls, and the line that came with the one at the beginning, so that a method that was rewritten
     * before does not get a second set.
     *
     * @return how many there were
     */
    static int strip(MethodNode method) {
        int polls = 0;
        AbstractInsnNode next;
        for (AbstractInsnNode instruction = method.instructions.getFirst(); instruction != null; instruction = next) {
            next = instruction.getNext();
            if (isPoll(instruction)) {
                MethodInsnNode call = (MethodInsnNode) instruction;
                if (call.name.equals(PollKind.ENTRY.stubMethod())
                        && call.getPrevious() instanceof LineNumberNode line
                        && isBeforeFirstInstruction(line)) {
                    method.instructions.remove(line);
                }
                method.instructions.remove(call);
                polls++;
            }
        }
        return polls;
    }

    static void insert(MethodNode method, List<PollSite> sites) {
        insert(method, sites, PollKind.STUB);
    }

    /** @param stub the class to poll by, as in class files */
    static void insert(MethodNode method, List<PollSite> sites, String stub) {
        for (int i = 0; i < sites.size(); i++) {
            PollSite site = sites.get(i);
            MethodInsnNode poll = poll(site.kind(), stub);
            if (site.instruction() == null) {
                insertAtBeginning(method, poll);
            } else if (site.after()) {
                method.instructions.insert(site.instruction(), poll); // stack: as the instruction left it
            } else {
                method.instructions.insertBefore(site.instruction(), poll); // stack: as the instruction wants it
                if (site.instruction().getOpcode() == Opcodes.NEW) {
                    renameUninitialised(method, site.instruction());
                }
            }
        }
    }

    private static MethodInsnNode poll(PollKind kind, String stub) {
        String owner = kind == PollKind.RETURN ? PollKind.STUB : stub;
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, kind.stubMethod(), PollKind.DESCRIPTOR, false);
    }

    /**
     * Before all labels, so that no jump to the first instruction runs the poll again and no exception range covers it,
     * but with the line and the variables that are in force there: a stack trace taken in the poll shows the line, and a
     * debugger the parameters.
     */
    private static void insertAtBeginning(MethodNode method, MethodInsnNode poll) {
        LabelNode start = new LabelNode();
        InsnList head = new InsnList();
        head.add(start);
        LineNumberNode line = lineAtBeginning(method);
        if (line != null) {
            head.add(new LineNumberNode(line.line, start));
        }
        head.add(poll); // stack: empty
        if (method.localVariables != null) {
            for (LocalVariableNode variable : method.localVariables) {
                if (isBeforeFirstInstruction(variable.start)) {
                    variable.start = start;
                }
            }
        }
        method.instructions.insert(head);
    }

    /**
     * Gives a {@code new} that a poll has been put before a label of its own. Stack maps name the value that it makes by its
     * position; the label they do that with now marks the poll.
     */
    private static void renameUninitialised(MethodNode method, AbstractInsnNode allocation) {
        Set<Object> old = new HashSet<>();
        for (AbstractInsnNode node = allocation.getPrevious();
                node != null && (node.getOpcode() < 0 || isPoll(node));
                node = node.getPrevious()) {
            old.add(node);
        }
        LabelNode label = new LabelNode();
        method.instructions.insertBefore(allocation, label);
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FrameNode frame) {
                frame.local = renamed(frame.local, old, label);
                frame.stack = renamed(frame.stack, old, label);
            }
        }
    }

    private static List<Object> renamed(List<Object> types, Set<Object> old, LabelNode label) {
        return types == null
                ? null
                : new ArrayList<>(types.stream()
                        .map(type -> old.contains(type) ? label : type)
                        .toList());
    }

    private static boolean isPoll(AbstractInsnNode node) {
        return node.getOpcode() == Opcodes.INVOKESTATIC && ((MethodInsnNode) node).owner.startsWith(PollKind.STUB);
    }

    /** Null if the first instruction has none. */
    static LineNumberNode lineAtBeginning(MethodNode method) {
        for (AbstractInsnNode node = method.instructions.getFirst();
                node != null && node.getOpcode() < 0;
                node = node.getNext()) {
            if (node instanceof LineNumberNode line) {
                return line;
            }
        }
        return null;
    }

    private static boolean isBeforeFirstInstruction(AbstractInsnNode place) {
        for (AbstractInsnNode node = place; node != null; node = node.getPrevious()) {
            if (node.getOpcode() >= 0) {
                return false;
            }
        }
        return true;
    }
}
