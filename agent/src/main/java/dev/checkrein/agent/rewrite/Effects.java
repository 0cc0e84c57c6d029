package dev.checkrein.agent.rewrite;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What the methods of a class do that somebody could notice: they call, allocate, throw, lock or write anything but their own
 * variables. Calls are nothing that lead to code without effects: a few methods of the JDK ({@link CallsWithoutEffect}), and
 * methods of the same class that cannot be overridden, neither loop nor call on, and have none. Nor is it an effect if a constructor sets
 * the fields of {@code this}, which nobody else has seen yet if no constructor but {@code Object}'s has run.
 */
final class Effects {
    private final String className;
    private final boolean finalClass;
    private final List<MethodNode> methods;
    private final Set<String> handled;

    /** By name and descriptor; null until one is called. */
    private Map<String, MethodNode> byKey;

    private final Map<MethodNode, Boolean> simple = new HashMap<>();

    /**
     * Looks at a class.
     *
     * @param methods those of the class that have code
     * @param handled those that the class makes handles of, by name and descriptor: bodies of lambdas, method references
     */
    Effects(String className, boolean finalClass, List<MethodNode> methods, Set<String> handled) {
        this.className = className;
        this.finalClass = finalClass;
        this.methods = methods;
        this.handled = handled;
    }

    /** For methods whose class is not known. */
    static Effects seenAlone() {
        return new Effects("", false, List.of(), Set.of());
    }

    /** Whether the class hands the method out, so that anybody may call it, again and again. */
    boolean isHandled(MethodNode method) {
        return !handled.isEmpty() && handled.contains(method.name + method.desc);
    }

    /** The positions of the instructions with an effect. */
    BitSet of(MethodNode method) {
        BitSet effects = new BitSet(method.instructions.size());
        int position = 0;
        for (AbstractInsnNode node = method.instructions.getFirst(); node != null; node = node.getNext()) {
            if (isEffect(method, node)) {
                effects.set(position);
            }
            position++;
        }
        return effects;
    }

    /** Whether an instruction of the method has an effect. */
    boolean isEffect(MethodNode method, AbstractInsnNode instruction) {
        if (isWithout(instruction)) {
            return false;
        }
        if (instruction instanceof MethodInsnNode call) {
            return !isSimple(fixed(call));
        }
        return !(method.name.equals("<init>") && writesThis(instruction) && !replacesThis(method));
    }

    /** Whether local 0 may hold something else than {@code this}. */
    private static boolean replacesThis(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof VarInsnNode store && store.getOpcode() == Opcodes.ASTORE && store.var == 0) {
                return true;
            }
        }
        return false;
    }

    /** The method of this class that the call names, if it can only lead there; else null. */
    private MethodNode fixed(MethodInsnNode call) {
        MethodNode target = call.owner.equals(className) ? named(call.name + call.desc) : null;
        boolean fixed = target != null
                && !target.name.equals("<init>")
                && (finalClass
                        || (target.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL)) != 0);
        return fixed ? target : null;
    }

    private MethodNode named(String key) {
        if (byKey == null) {
            byKey = new HashMap<>();
            for (MethodNode method : methods) {
                byKey.put(method.name + method.desc, method);
            }
        }
        return byKey.get(key);
    }

    private boolean isSimple(MethodNode method) {
        if (method == null) {
            return false;
        }
        Boolean known = simple.get(method);
        if (known == null) {
            known = looksSimple(method);
            simple.put(method, known);
        }
        return known;
    }

    /** Neither loops nor calls on, or a few such methods could keep a thread from polling for as long as they like. */
    private static boolean looksSimple(MethodNode method) {
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            return false;
        }
        Set<LabelNode> passed = new HashSet<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LabelNode label) {
                passed.add(label);
            }
            if (!isWithout(instruction) || goesBack(instruction, passed)) {
                return false;
            }
        }
        return true;
    }

    private static boolean goesBack(AbstractInsnNode instruction, Set<LabelNode> passed) {
        for (LabelNode target : ControlFlow.targets(instruction)) {
            if (passed.contains(target)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithout(AbstractInsnNode instruction) {
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
            case AbstractInsnNode.METHOD_INSN -> CallsWithoutEffect.contain((MethodInsnNode) instruction);
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
