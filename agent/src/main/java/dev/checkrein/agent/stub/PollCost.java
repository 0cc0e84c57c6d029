package dev.checkrein.agent.stub;

import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.internal.bridge.PollCode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What one poll of {@link StubClass} costs in this JVM, found by running it in a loop, in compiled code. The loops are methods of a
 * class that is made for it, one for each kind of poll and an empty one:
 *
 * <pre>{@code
 * static void atLoop(int turns) { do { CheckreinPoll.atLoop(); } while (--turns != 0); }
 * }</pre>
 */
public final class PollCost {
    private static final String NAME = PollKind.STUB + "$Cost";
    private static final String EMPTY = "empty";
    private static final MethodType TURNS_TO_VOID = MethodType.methodType(void.class, int.class);

    /** About a millisecond each: long beside what it takes to look at the clock, short beside what disturbs it. */
    private static final int TURNS = 500_000;

    /** The first few are interpreted, until the JIT has come to it. */
    private static final int ROUNDS = 30;

    /** A tenth of a cycle, or a bare call in the interpreter on a slow machine: what is beyond was measured wrongly. */
    private static final double LEAST_NANOS = 0.02;

    private static final double MOST_NANOS = 1_000;

    private final double[] nanos = new double[PollCode.COUNT];

    /**
     * Measures it, for some tenths of a second. The polls run on the calling thread and count as any.
     *
     * @throws ReflectiveOperationException if this JVM does not let the class be made; once it is there, it is not made again
     */
    public PollCost(PollStub stub) throws ReflectiveOperationException {
        Class<?> loops = stub.define(generate());
        double empty = nanosPerTurn(stub.method(loops, EMPTY, TURNS_TO_VOID));
        for (PollKind kind : PollKind.values()) {
            double poll = nanosPerTurn(stub.method(loops, kind.stubMethod(), TURNS_TO_VOID)) - empty;
            nanos[kind.code()] = Math.max(LEAST_NANOS, Math.min(poll, MOST_NANOS));
        }
    }

    /** In nanoseconds, by {@link PollCode}. */
    public double nanos(int code) {
        return nanos[code];
    }

    /** How many polls of each kind it took to find that out. */
    public static long pollsOfEachKind() {
        return (long) TURNS * ROUNDS;
    }

    /** The fastest round counts: others were disturbed, or not compiled yet. */
    private static double nanosPerTurn(MethodHandle loop) throws ReflectiveOperationException {
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            try {
                loop.invokeExact(TURNS);
            } catch (Throwable e) {
                throw new ReflectiveOperationException(e);
            }
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return (double) fastest / TURNS;
    }

    private static byte[] generate() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        int access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V17, access, NAME, null, "java/lang/Object", null);
        loop(writer, EMPTY, false);
        for (PollKind kind : PollKind.values()) {
            loop(writer, kind.stubMethod(), true);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void loop(ClassWriter writer, String name, boolean polls) {
        MethodVisitor code = StubClass.begin(writer, 0, name, "(I)V", null);
        Label top = new Label();
        code.visitLabel(top);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        if (polls) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, StubClass.INTERNAL_NAME, name, PollKind.DESCRIPTOR, false);
        }
        code.visitIincInsn(0, -1);
        code.visitVarInsn(Opcodes.ILOAD, 0); // stack: turns left
        code.visitJumpInsn(Opcodes.IFNE, top); // stack: empty
        StubClass.end(code, Opcodes.RETURN);
    }
}
