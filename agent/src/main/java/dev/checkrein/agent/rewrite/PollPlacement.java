package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Where polls go. The rule, for now the naive one:
 *
 * <ul>
 *   <li><b>entries</b>: every method that has code polls before its first instruction, and before any of its exception
 *       ranges begins.
 *   <li><b>loops</b>: every jump or switch with a target that is not behind it polls just before it jumps. A cycle in the
 *       control flow must go backwards somewhere, so each one made of jumps has a poll on it. (One made by an exception
 *       handler that stands before the code it protects, which no compiler we know writes, has none.)
 *   <li><b>allocations</b>: a poll follows every instruction that allocates. Not before it: stack maps name an
 *       uninitialised value by the position of its {@code new} (JVMS 4.10.1.4), and a label that is thought to mark that
 *       instruction would mark the poll.
 * </ul>
 *
 * <p>A poll before a jump stands outside the range that a {@code synchronized} block protects, since compilers end that
 * range behind its {@code monitorexit}. Inside it the JIT would refuse the method for unbalanced monitors.
 */
final class PollPlacement {
    private PollPlacement() {}

    static List<PollSite> place(MethodNode method, Set<PollKind> kinds) {
        List<PollSite> sites = new ArrayList<>();
        InsnList instructions = method.instructions;
        if (kinds.contains(PollKind.ENTRY)) {
            sites.add(PollSite.atEntry());
        }
        for (AbstractInsnNode instruction : instructions) {
            if (kinds.contains(PollKind.LOOP) && jumpsBack(instruction, instructions)) {
                sites.add(PollSite.before(instruction));
            } else if (kinds.contains(PollKind.ALLOCATION) && allocates(instruction)) {
                sites.add(PollSite.after(instruction));
            }
        }
        return sites;
    }

    private static boolean jumpsBack(AbstractInsnNode instruction, InsnList instructions) {
        int position = instructions.indexOf(instruction);
        for (LabelNode target : targets(instruction)) {
            if (instructions.indexOf(target) < position) {
                return true;
            }
        }
        return false;
    }

    private static List<LabelNode> targets(AbstractInsnNode instruction) {
        if (instruction instanceof JumpInsnNode jump) {
            return List.of(jump.label);
        }
        if (instruction instanceof TableSwitchInsnNode table) {
            return withDefault(table.labels, table.dflt);
        }
        if (instruction instanceof LookupSwitchInsnNode lookup) {
            return withDefault(lookup.labels, lookup.dflt);
        }
        return List.of();
    }

    private static List<LabelNode> withDefault(List<LabelNode> labels, LabelNode defaultLabel) {
        List<LabelNode> all = new ArrayList<>(labels);
        all.add(defaultLabel);
        return all;
    }

    private static boolean allocates(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.NEW, Opcodes.NEWARRAY, Opcodes.ANEWARRAY, Opcodes.MULTIANEWARRAY -> true;
            default -> false;
        };
    }
}
