package dev.checkrein.agent.rewrite;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Tells the methods that need a poll at their entry from those too simple to need one. */
final class EntryPolls {
    private static final String LAMBDA_PREFIX = "lambda$";

    private EntryPolls() {}

    /**
     * Whether the method is an accessor: straight-line code that calls nothing, allocates nothing and writes nothing but its
     * own variables. Nothing that anybody could notice happens in it, it cannot be part of a recursion, and it is over at
     * once. The body of a lambda is never one: endless code outside, a stream for example, may call nothing else.
     */
    static boolean isAccessor(MethodNode method) {
        boolean lambda = (method.access & Opcodes.ACC_SYNTHETIC) != 0 && method.name.startsWith(LAMBDA_PREFIX);
        if (lambda || !method.tryCatchBlocks.isEmpty()) {
            return false;
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (!mayStandInAccessor(instruction)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayStandInAccessor(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        return switch (instruction.getType()) {
            case AbstractInsnNode.LABEL,
                    AbstractInsnNode.LINE,
                    AbstractInsnNode.FRAME,
                    AbstractInsnNode.VAR_INSN,
                    AbstractInsnNode.IINC_INSN -> opcode != Opcodes.RET;
            case AbstractInsnNode.INSN -> !writesArray(opcode) && !isMonitor(opcode) && opcode != Opcodes.ATHROW;
            case AbstractInsnNode.INT_INSN -> opcode != Opcodes.NEWARRAY;
            case AbstractInsnNode.FIELD_INSN -> opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC;
            case AbstractInsnNode.TYPE_INSN -> opcode == Opcodes.CHECKCAST || opcode == Opcodes.INSTANCEOF;
            case AbstractInsnNode.LDC_INSN ->
                ((LdcInsnNode) instruction).cst instanceof Number || ((LdcInsnNode) instruction).cst instanceof String;
            default -> false;
        };
    }

    private static boolean writesArray(int opcode) {
        return opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
    }

    private static boolean isMonitor(int opcode) {
        return opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT;
    }
}
