package dev.checkrein.agent.rewrite;

import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Tells the methods that need a poll at their entry from those too simple to need one. */
final class EntryPolls {
    private static final String LAMBDA_PREFIX = "lambda$";

    private EntryPolls() {}

    /**
     * Whether the method is an accessor: code without a cycle that calls nothing, allocates nothing and writes nothing but
     * its own variables. Nothing that anybody could notice happens in it, it cannot be part of a recursion, and it is over
     * at once. Two calls are nothing: that of {@code Object}'s constructor, and those of a few methods of the JDK that are
     * accessors themselves. A constructor may write the fields of {@code this}, which nobody else has seen yet if no
     * constructor but {@code Object}'s has run.
     *
     * <p>The body of a lambda is never one: endless code outside, a stream for example, may call nothing else.
     */
    static boolean isAccessor(MethodNode method, ControlFlow flow, List<LoopPolls.BackEdge> backEdges) {
        boolean lambda = (method.access & Opcodes.ACC_SYNTHETIC) != 0 && method.name.startsWith(LAMBDA_PREFIX);
        if (lambda || !backEdges.isEmpty() || !method.tryCatchBlocks.isEmpty()) {
            return false;
        }
        boolean constructor = method.name.equals("<init>");
        for (int position = 0; position < flow.size(); position++) {
            AbstractInsnNode instruction = flow.instruction(position);
            if (!mayStandInAccessor(instruction) && !(constructor && writesThis(instruction))) {
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
                    AbstractInsnNode.TABLESWITCH_INSN,
                    AbstractInsnNode.LOOKUPSWITCH_INSN,
                    AbstractInsnNode.IINC_INSN -> true;
            case AbstractInsnNode.JUMP_INSN -> opcode != Opcodes.JSR;
            case AbstractInsnNode.VAR_INSN -> opcode != Opcodes.RET;
            case AbstractInsnNode.INSN -> !writesArray(opcode) && !isMonitor(opcode) && opcode != Opcodes.ATHROW;
            case AbstractInsnNode.INT_INSN -> opcode != Opcodes.NEWARRAY;
            case AbstractInsnNode.FIELD_INSN -> opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC;
            case AbstractInsnNode.TYPE_INSN -> opcode == Opcodes.CHECKCAST || opcode == Opcodes.INSTANCEOF;
            case AbstractInsnNode.LDC_INSN ->
                ((LdcInsnNode) instruction).cst instanceof Number || ((LdcInsnNode) instruction).cst instanceof String;
            case AbstractInsnNode.METHOD_INSN -> isNothing((MethodInsnNode) instruction);
            default -> false;
        };
    }

    /** Final methods and constructors of the JDK that call nothing, wait for nothing and change nothing. */
    private static boolean isNothing(MethodInsnNode call) {
        return switch (call.owner) {
            case "java/lang/Object" -> call.name.equals("<init>") || call.name.equals("getClass");
            case "java/lang/String" ->
                switch (call.name) {
                    case "length", "isEmpty", "charAt", "equals", "hashCode" -> true;
                    default -> false;
                };
            case "java/lang/Math" ->
                switch (call.name) {
                    case "min", "max", "abs" -> true;
                    default -> false;
                };
            case "java/lang/Enum" -> call.name.equals("ordinal") || call.name.equals("name");
            default -> false;
        };
    }

    /** Whether it is a field of {@code this} that is set, seen from how simple the code before is. */
    private static boolean writesThis(AbstractInsnNode instruction) {
        if (!(instruction instanceof FieldInsnNode put) || put.getOpcode() != Opcodes.PUTFIELD) {
            return false;
        }
        AbstractInsnNode value = realPrevious(put);
        AbstractInsnNode receiver = value == null ? null : realPrevious(value);
        return isSimpleLoad(value)
                && receiver instanceof VarInsnNode load
                && load.getOpcode() == Opcodes.ALOAD
                && load.var == 0;
    }

    private static boolean isSimpleLoad(AbstractInsnNode instruction) {
        int opcode = instruction == null ? -1 : instruction.getOpcode();
        return opcode >= Opcodes.ACONST_NULL && opcode <= Opcodes.ALOAD || opcode == Opcodes.GETSTATIC;
    }

    private static AbstractInsnNode realPrevious(AbstractInsnNode instruction) {
        AbstractInsnNode previous = instruction.getPrevious();
        while (previous != null && (previous.getType() == AbstractInsnNode.LINE)) {
            previous = previous.getPrevious();
        }
        return previous;
    }

    private static boolean writesArray(int opcode) {
        return opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
    }

    private static boolean isMonitor(int opcode) {
        return opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT;
    }
}
