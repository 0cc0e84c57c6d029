package dev.checkrein.agent.rewrite;

import dev.checkrein.agent.stub.StubClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.util.Printer;

/**
 * A method's code as one line of words: polls by their kind in capitals, the targets of jumps as {@code A:}, and of the
 * instructions those that matter for polls (jumps, switches, allocations, calls, monitors, returns, throws).
 */
final class Listing {
    private static final Set<String> SHOWN = Set.of(
            "NEW",
            "NEWARRAY",
            "ANEWARRAY",
            "MULTIANEWARRAY",
            "MONITORENTER",
            "MONITOREXIT",
            "ATHROW",
            "RET",
            "RETURN",
            "IRETURN",
            "LRETURN",
            "ARETURN");

    private final Set<LabelNode> targets = new HashSet<>();
    private final Map<LabelNode, String> names = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    private Listing() {}

    static String of(byte[] classFile, String method) {
        return of(method(classFile, method));
    }

    static MethodNode method(byte[] classFile, String name) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        return node.methods.stream()
                .filter(method -> method.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no method " + name + " in " + node.name));
    }

    private static String of(MethodNode method) {
        Listing listing = new Listing();
        for (AbstractInsnNode instruction : method.instructions) {
            listing.findTargets(instruction);
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LabelNode label && listing.targets.contains(label)) {
                listing.names.put(label, String.valueOf((char) ('A' + listing.names.size())));
            }
        }
        for (AbstractInsnNode instruction : method.instructions) {
            listing.add(instruction);
        }
        return String.join(" ", listing.words);
    }

    private void findTargets(AbstractInsnNode instruction) {
        if (instruction instanceof JumpInsnNode jump) {
            targets.add(jump.label);
        } else if (instruction instanceof TableSwitchInsnNode table) {
            targets.addAll(table.labels);
            targets.add(table.dflt);
        } else if (instruction instanceof LookupSwitchInsnNode lookup) {
            targets.addAll(lookup.labels);
            targets.add(lookup.dflt);
        }
    }

    private void add(AbstractInsnNode instruction) {
        if (instruction instanceof LabelNode label && names.containsKey(label)) {
            words.add(names.get(label) + ":");
        } else if (instruction instanceof MethodInsnNode call) {
            words.add(call.owner.equals(StubClass.INTERNAL_NAME) ? kind(call.name) : call.name + "()");
        } else if (instruction instanceof JumpInsnNode jump) {
            words.add(opcode(jump) + "->" + names.get(jump.label));
        } else if (instruction instanceof TableSwitchInsnNode || instruction instanceof LookupSwitchInsnNode) {
            words.add("switch");
        } else if (instruction instanceof TypeInsnNode type && opcode(type).equals("new")) {
            words.add("new-" + type.desc.substring(type.desc.lastIndexOf('/') + 1));
        } else if (instruction.getOpcode() >= 0 && SHOWN.contains(Printer.OPCODES[instruction.getOpcode()])) {
            words.add(opcode(instruction));
        }
    }

    private static String opcode(AbstractInsnNode instruction) {
        return Printer.OPCODES[instruction.getOpcode()].toLowerCase(java.util.Locale.ROOT);
    }

    private static String kind(String stubMethod) {
        for (PollKind kind : PollKind.values()) {
            if (kind.stubMethod().equals(stubMethod)) {
                return kind.name();
            }
        }
        throw new AssertionError("the stub has no method " + stubMethod);
    }
}
