package dev.checkrein.it.corpus.audit;

import javassist.bytecode.Opcode;

/**
 * An instruction, its short and wide forms made one.
 *
 * @param at its position in the method's code
 * @param opcode that of the general form: {@code iload} for {@code iload_0}, {@code goto} for {@code goto_w}
 * @param variable the local variable that it uses, or -1
 * @param operand everything else, constants written out
 * @param targets the positions that it may jump to
 */
record Instruction(int at, int opcode, int variable, String operand, int[] targets) {
    private static final String STUB = "java.lang.CheckreinPoll.";

    /** Which kind of poll it is, by the name of the method it calls; null if it is none. */
    String poll() {
        return opcode == Opcode.INVOKESTATIC && operand.startsWith(STUB)
                ? operand.substring(STUB.length(), operand.length() - "()V".length())
                : null;
    }

    boolean isPoll() {
        return poll() != null;
    }

    /** Whether it is a poll that may end a call: those at returns never do. */
    boolean mayCancel() {
        return isPoll() && !"atReturn".equals(poll());
    }

    /** Whether the next instruction may come next. */
    boolean goesOn() {
        return !(opcode >= Opcode.GOTO && opcode <= Opcode.RETURN) && opcode != Opcode.ATHROW;
    }

    boolean endsLine() {
        return targets.length > 0 || !goesOn();
    }

    boolean allocates() {
        return opcode == Opcode.NEW
                || opcode == Opcode.NEWARRAY
                || opcode == Opcode.ANEWARRAY
                || opcode == Opcode.MULTIANEWARRAY;
    }

    /**
     * JVMS 6.5. A {@code monitorexit} is taken not to: compilers let the handler of a {@code synchronized} block protect its
     * own.
     */
    boolean mayThrow() {
        return switch (opcode) {
            case Opcode.LDC,
                    Opcode.LDC2_W,
                    Opcode.IDIV,
                    Opcode.LDIV,
                    Opcode.IREM,
                    Opcode.LREM,
                    Opcode.NEW,
                    Opcode.NEWARRAY,
                    Opcode.ANEWARRAY,
                    Opcode.MULTIANEWARRAY,
                    Opcode.ARRAYLENGTH,
                    Opcode.ATHROW,
                    Opcode.CHECKCAST,
                    Opcode.INSTANCEOF,
                    Opcode.MONITORENTER -> true;
            default ->
                opcode >= Opcode.GETSTATIC && opcode <= Opcode.INVOKEDYNAMIC
                        || opcode >= Opcode.IALOAD && opcode <= Opcode.SALOAD
                        || opcode >= Opcode.IASTORE && opcode <= Opcode.SASTORE;
        };
    }

    boolean writes(int local) {
        return switch (opcode) {
            case Opcode.IINC, Opcode.ISTORE, Opcode.FSTORE, Opcode.ASTORE -> variable == local;
            case Opcode.LSTORE, Opcode.DSTORE -> variable == local || variable + 1 == local;
            default -> false;
        };
    }

    /** The integer that it pushes, or null. */
    Integer constant() {
        return switch (opcode) {
            case Opcode.BIPUSH, Opcode.SIPUSH -> Integer.valueOf(operand);
            case Opcode.LDC -> operand.startsWith("int ") ? Integer.valueOf(operand.substring(4)) : null;
            default -> {
                int value = opcode - Opcode.ICONST_0;
                yield value >= -1 && value <= 5 ? value : null;
            }
        };
    }
}
