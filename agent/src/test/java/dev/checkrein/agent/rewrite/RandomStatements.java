package dev.checkrein.agent.rewrite;

import java.util.Random;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Statements without jumps, made at random. Each leaves the operand stack as empty as it found it. */
final class RandomStatements {
    static final int ANY_INT = 0;
    static final int INTS = 3;
    static final int FIRST_COUNTER = 3;
    static final int COUNTERS = 4;
    static final int FUEL = 7;
    static final int OBJECT = 8;

    /** Takes two. */
    static final int LONG = 9;

    static final int LOCALS = 11;

    /** Enough for everything to have happened, too little to be slow. */
    private static final int FUEL_AT_START = 300;

    private final Random random;
    private final InsnList code;
    private final boolean runnable;

    RandomStatements(Random random, InsnList code, boolean runnable) {
        this.random = random;
        this.code = code;
        this.runnable = runnable;
    }

    void initialiseVariables() {
        for (int variable = 1; variable < FUEL; variable++) {
            constant(variable * 7);
            code.add(new VarInsnNode(Opcodes.ISTORE, variable));
        }
        constant(FUEL_AT_START);
        code.add(new VarInsnNode(Opcodes.ISTORE, FUEL));
        code.add(new InsnNode(Opcodes.ACONST_NULL));
        code.add(new VarInsnNode(Opcodes.ASTORE, OBJECT));
        code.add(new InsnNode(Opcodes.LCONST_1));
        code.add(new VarInsnNode(Opcodes.LSTORE, LONG));
    }

    void add() {
        switch (random.nextInt(runnable ? 10 : 14)) {
            case 0 -> increment(anyInt(), random.nextInt(9) - 4);
            case 1 -> store(random.nextInt(200) - 100);
            case 2, 3 -> calculate();
            case 4 -> {
                code.add(new TypeInsnNode(Opcodes.NEW, "java/lang/Object"));
                code.add(new InsnNode(Opcodes.DUP));
                code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false));
                code.add(new VarInsnNode(Opcodes.ASTORE, OBJECT));
            }
            case 5 -> {
                constant(3);
                code.add(new IntInsnNode(Opcodes.NEWARRAY, Opcodes.T_INT));
                code.add(new InsnNode(Opcodes.POP));
            }
            case 6 -> {
                constant(2);
                code.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/String"));
                code.add(new VarInsnNode(Opcodes.ASTORE, OBJECT));
            }
            case 7 -> call("java/lang/Thread", "onSpinWait");
            case 8 -> {
                code.add(new InsnNode(Opcodes.LCONST_0));
                code.add(new VarInsnNode(Opcodes.LSTORE, LONG));
            }
            case 9 -> {
                code.add(new VarInsnNode(Opcodes.ALOAD, OBJECT));
                code.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC, "java/lang/String", "valueOf", "(Ljava/lang/Object;)Ljava/lang/String;"));
                code.add(new VarInsnNode(Opcodes.ASTORE, OBJECT));
            }
            default -> addUnrunnable();
        }
    }

    private void addUnrunnable() {
        switch (random.nextInt(5)) {
            case 0 -> {
                code.add(new VarInsnNode(Opcodes.ALOAD, OBJECT));
                code.add(new InsnNode(random.nextBoolean() ? Opcodes.MONITORENTER : Opcodes.MONITOREXIT));
            }
            case 1 -> call("some/other/Library", "run");
            case 2 -> {
                loadInt();
                code.add(new FieldInsnNode(Opcodes.PUTSTATIC, "some/Field", "f", "I"));
            }
            case 3 -> { // ends one counter in the middle, and spoils the next
                code.add(new InsnNode(Opcodes.LCONST_0));
                code.add(new VarInsnNode(Opcodes.LSTORE, anyCounter()));
            }
            default -> {
                constant(random.nextInt(5));
                code.add(new VarInsnNode(Opcodes.ISTORE, anyCounter()));
            }
        }
    }

    private void calculate() {
        loadInt();
        loadInt();
        int[] operators = {Opcodes.IADD, Opcodes.IXOR, Opcodes.IMUL, Opcodes.IDIV};
        code.add(new InsnNode(operators[random.nextInt(operators.length)]));
        code.add(new VarInsnNode(Opcodes.ISTORE, anyInt()));
    }

    private void store(int value) {
        constant(value);
        code.add(new VarInsnNode(Opcodes.ISTORE, anyInt()));
    }

    private void call(String owner, String name) {
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, "()V", false));
    }

    void loadInt() {
        code.add(new VarInsnNode(Opcodes.ILOAD, random.nextInt(4) == 0 ? anyCounter() : anyInt()));
    }

    void increment(int variable, int by) {
        code.add(new IincInsnNode(variable, by));
    }

    void constant(int value) {
        if (value >= -1 && value <= 5) {
            code.add(new InsnNode(Opcodes.ICONST_0 + value));
        } else if (value == (byte) value) {
            code.add(new IntInsnNode(Opcodes.BIPUSH, value));
        } else if (value == (short) value) {
            code.add(new IntInsnNode(Opcodes.SIPUSH, value));
        } else {
            code.add(new LdcInsnNode(value));
        }
    }

    private int anyInt() {
        return random.nextInt(INTS);
    }

    private int anyCounter() {
        return FIRST_COUNTER + random.nextInt(COUNTERS);
    }
}
