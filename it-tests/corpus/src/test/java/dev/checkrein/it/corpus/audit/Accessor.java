package dev.checkrein.it.corpus.audit;

import java.util.Set;
import javassist.bytecode.AccessFlag;
import javassist.bytecode.MethodInfo;
import javassist.bytecode.Opcode;

/**
 * Whether a method may do without a poll at its entry: no cycle, no handler, no effect that anybody could see, and no call
 * but those that are nothing. A constructor may set fields of what it is given as {@code this}.
 */
final class Accessor {
    /** Final, or known to be no more than they seem, and without any effect. */
    private static final Set<String> NOTHING = Set.of(
            "java.lang.Object.<init>",
            "java.lang.Object.getClass",
            "java.lang.String.length",
            "java.lang.String.isEmpty",
            "java.lang.String.charAt",
            "java.lang.String.equals",
            "java.lang.String.hashCode",
            "java.lang.Math.min",
            "java.lang.Math.max",
            "java.lang.Math.abs",
            "java.lang.Enum.ordinal",
            "java.lang.Enum.name");

    private final MethodInfo method;
    private final Code code;
    private final Graph graph;

    Accessor(MethodInfo method, Code code, Graph graph) {
        this.method = method;
        this.code = code;
        this.graph = graph;
    }

    boolean mayGoWithoutPoll() {
        boolean synthetic = (method.getAccessFlags() & AccessFlag.SYNTHETIC) != 0;
        boolean lambda = synthetic && method.getName().startsWith("lambda$");
        if (lambda || !code.ranges.isEmpty() || !graph.cyclesWithoutPoll().isEmpty()) {
            return false;
        }
        for (int i = 0; i < graph.size(); i++) {
            if (hasEffect(graph.at(i)) && !setsFieldOfThis(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasEffect(Instruction instruction) {
        int opcode = instruction.opcode();
        if (opcode >= Opcode.INVOKEVIRTUAL && opcode <= Opcode.INVOKESTATIC) {
            String operand = instruction.operand();
            return !NOTHING.contains(operand.substring(0, operand.indexOf('(')));
        }
        boolean readsOnly = opcode == Opcode.GETSTATIC || opcode == Opcode.GETFIELD;
        return opcode >= Opcode.IASTORE && opcode <= Opcode.SASTORE
                || opcode >= Opcode.GETSTATIC && opcode <= Opcode.ANEWARRAY && !readsOnly
                || opcode == Opcode.MULTIANEWARRAY
                || opcode == Opcode.ATHROW
                || opcode == Opcode.MONITORENTER
                || opcode == Opcode.MONITOREXIT
                || opcode == Opcode.JSR
                || opcode == Opcode.RET;
    }

    /** As compilers write {@code this.field = value}, for a value that is at hand. */
    private boolean setsFieldOfThis(int i) {
        if (!method.isConstructor() || graph.at(i).opcode() != Opcode.PUTFIELD || i < 2) {
            return false;
        }
        Instruction receiver = graph.at(i - 2);
        int value = graph.at(i - 1).opcode();
        boolean atHand = value >= Opcode.ACONST_NULL && value <= Opcode.ALOAD || value == Opcode.GETSTATIC;
        return atHand && receiver.opcode() == Opcode.ALOAD && receiver.variable() == 0;
    }
}
