package dev.checkrein.agent.rewrite;

import org.objectweb.asm.Opcodes;

/**
 * What is to be known of an instruction, by its opcode; that of labels and line numbers is -1. Read from a table, because
 * it is asked for each instruction of the application, by code that is not compiled yet.
 */
final class OpcodeTraits {
    private static final byte JUMPS = 1;
    private static final byte STOPS = 2;
    private static final byte THROWS = 4;
    private static final byte ALLOCATES = 8;

    /** By opcode plus one. */
    private static final byte[] TRAITS = new byte[Opcodes.IFNONNULL + 2];

    static {
        for (int opcode = 0; opcode <= Opcodes.IFNONNULL; opcode++) {
            TRAITS[opcode + 1] = (byte) ((isJump(opcode) ? JUMPS : 0)
                    | (goesOn(opcode) ? 0 : STOPS)
                    | (mayThrow(opcode) ? THROWS : 0)
                    | (isAllocation(opcode) ? ALLOCATES : 0));
        }
    }

    private OpcodeTraits() {}

    /** Whether control can go on elsewhere than at the next instruction, or ends here. */
    static boolean mayGoElsewhere(int opcode) {
        return (TRAITS[opcode + 1] & (JUMPS | STOPS)) != 0;
    }

    /** Whether control can go on at the next instruction. */
    static boolean fallsThrough(int opcode) {
        return (TRAITS[opcode + 1] & STOPS) == 0;
    }

    /** Whether it can throw, to a handler or out of the method. */
    static boolean canThrow(int opcode) {
        return (TRAITS[opcode + 1] & THROWS) != 0;
    }

    /** Whether it makes an object or an array. */
    static boolean allocates(int opcode) {
        return (TRAITS[opcode + 1] & ALLOCATES) != 0;
    }

    private static boolean isJump(int opcode) {
        return opcode >= Opcodes.IFEQ && opcode <= Opcodes.LOOKUPSWITCH
                || opcode == Opcodes.IFNULL
                || opcode == Opcodes.IFNONNULL;
    }

    private static boolean isAllocation(int opcode) {
        return switch (opcode) {
            case Opcodes.NEW, Opcodes.NEWARRAY, Opcodes.ANEWARRAY, Opcodes.MULTIANEWARRAY -> true;
            default -> false;
        };
    }

    private static boolean goesOn(int opcode) {
        return switch (opcode) {
            case Opcodes.GOTO,
                    Opcodes.JSR,
                    Opcodes.RET,
                    Opcodes.TABLESWITCH,
                    Opcodes.LOOKUPSWITCH,
                    Opcodes.IRETURN,
                    Opcodes.LRETURN,
                    Opcodes.FRETURN,
                    Opcodes.DRETURN,
                    Opcodes.ARETURN,
                    Opcodes.RETURN,
                    Opcodes.ATHROW -> false;
            default -> true;
        };
    }

    /**
     * Whether an instruction can throw. {@code monitorexit} is said not to: the handler that compilers put around a
     * {@code synchronized} block protects its own {@code monitorexit}, and in a method whose monitors are balanced, as the
     * JIT requires, that one does not throw.
     */
    private static boolean mayThrow(int opcode) {
        if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD
                || opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            return true;
        }
        return switch (opcode) {
            case Opcodes.IDIV, Opcodes.LDIV, Opcodes.IREM, Opcodes.LREM -> true;
            case Opcodes.LDC -> true;
            case Opcodes.MONITOREXIT -> false;
            default -> opcode >= Opcodes.GETSTATIC && opcode != Opcodes.IFNULL && opcode != Opcodes.IFNONNULL;
        };
    }
}
