package dev.checkrein.agent.rewrite;

import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Class files that javac does not write, each with a static method {@code f}. */
final class OddClasses {
    /** Each {@code nop; pop} of a big method. */
    private static final int BYTES_PER_ALLOCATION = 4;

    private OddClasses() {}

    /** {@code f(int)}: a switch whose first case is itself. */
    static byte[] switchInALoop() {
        ClassWriter writer = begin(Opcodes.V17);
        MethodVisitor code = method(writer, "f", "(I)V");
        Label loop = new Label();
        Label end = new Label();
        code.visitLabel(loop);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitTableSwitchInsn(0, 0, end, loop);
        code.visitLabel(end);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.RETURN);
        return end(writer, code, 1, 1);
    }

    /** {@code f(int)}: counts down in a loop whose body is a subroutine, as old compilers wrote {@code finally}. */
    static byte[] subroutine(int version) {
        ClassWriter writer = begin(version);
        MethodVisitor code = method(writer, "f", "(I)V");
        Label loop = new Label();
        Label subroutine = new Label();
        code.visitLabel(loop);
        code.visitJumpInsn(Opcodes.JSR, subroutine);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitJumpInsn(Opcodes.IFGT, loop);
        code.visitInsn(Opcodes.RETURN);
        code.visitLabel(subroutine);
        code.visitVarInsn(Opcodes.ASTORE, 1);
        code.visitIincInsn(0, -1);
        code.visitVarInsn(Opcodes.RET, 1);
        return end(writer, code, 1, 2);
    }

    /** Beside a small {@code f()} a method {@code big()} of 64 KB less a few bytes, which allocates at every turn. */
    static byte[] almostTooLarge() {
        ClassWriter writer = begin(Opcodes.V17);
        MethodVisitor big = method(writer, "big", "()V");
        for (int bytes = 0; bytes < 65_520; bytes += BYTES_PER_ALLOCATION) {
            big.visitInsn(Opcodes.ICONST_0);
            big.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_INT);
            big.visitInsn(Opcodes.POP);
        }
        big.visitInsn(Opcodes.RETURN);
        big.visitMaxs(1, 0);
        big.visitEnd();
        MethodVisitor small = method(writer, "f", "()V");
        small.visitInsn(Opcodes.RETURN);
        return end(writer, small, 0, 0);
    }

    /** A constructor that counts its argument down before it calls {@code super()}. */
    static byte[] loopBeforeSuper() {
        ClassWriter writer = begin(Opcodes.V17);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(I)V", null, null);
        code.visitCode();
        Label loop = new Label();
        code.visitInsn(Opcodes.NOP);
        code.visitLabel(loop);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitIincInsn(1, -1);
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitJumpInsn(Opcodes.IFGT, loop);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        return end(writer, code, 1, 2);
    }

    /** {@code f(int)}: returns its argument, zero by a jump over so many bytes of allocations; all in a {@code try} with rethrow. */
    static byte[] longJump(int version, int bytes) {
        ClassWriter writer = begin(version);
        MethodVisitor code = method(writer, "f", "(I)I");
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        code.visitTryCatchBlock(start, end, handler, null);
        code.visitLabel(start);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitJumpInsn(Opcodes.IFEQ, end);
        allocate(code, bytes);
        code.visitLabel(end);
        frame(code, version, 0);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(handler);
        frame(code, version, 1);
        code.visitInsn(Opcodes.ATHROW);
        return end(writer, code, 1, 1);
    }

    /** {@code f(int)} of about this size: allocations, and jumps over them to one place at the end. */
    static byte[] longJumps(int size) {
        ClassWriter writer = begin(Opcodes.V1_5);
        MethodVisitor code = method(writer, "f", "(I)V");
        Label end = new Label();
        for (int bytes = 0; bytes < size; bytes += 4 + 2 * BYTES_PER_ALLOCATION) {
            code.visitVarInsn(Opcodes.ILOAD, 0);
            code.visitJumpInsn(Opcodes.IFEQ, end);
            allocate(code, 2 * BYTES_PER_ALLOCATION);
        }
        code.visitLabel(end);
        code.visitInsn(Opcodes.RETURN);
        return end(writer, code, 1, 1);
    }

    /** {@code f(int)} of just this size: allocations with a switch here and there. */
    static byte[] switches(int size) {
        ClassWriter writer = begin(Opcodes.V1_5);
        MethodVisitor code = method(writer, "f", "(I)V");
        int bytes = 0;
        while (bytes < size - 1) {
            int room = size - 1 - bytes;
            if (room > 2_000 && bytes % 1_000 < BYTES_PER_ALLOCATION) {
                Label next = new Label();
                code.visitVarInsn(Opcodes.ILOAD, 0);
                code.visitTableSwitchInsn(0, 0, next, next);
                code.visitLabel(next);
                int padding = 3 - (bytes + 1) % 4;
                bytes += 1 + 1 + padding + 16;
            } else if (room >= BYTES_PER_ALLOCATION) {
                allocate(code, BYTES_PER_ALLOCATION);
                bytes += BYTES_PER_ALLOCATION;
            } else {
                code.visitInsn(Opcodes.NOP);
                bytes++;
            }
        }
        code.visitInsn(Opcodes.RETURN);
        return end(writer, code, 1, 1);
    }

    /** {@code g()}, which calls a static method {@code x()} of that class, before {@code f()}, which never ends. */
    static byte[] calling(String owner) {
        ClassWriter writer = begin(Opcodes.V1_5);
        MethodVisitor calls = method(writer, "g", "()V");
        calls.visitMethodInsn(Opcodes.INVOKESTATIC, owner, "x", "()V", false);
        calls.visitInsn(Opcodes.RETURN);
        calls.visitMaxs(0, 0);
        calls.visitEnd();
        MethodVisitor code = method(writer, "f", "()V");
        Label loop = new Label();
        code.visitLabel(loop);
        code.visitJumpInsn(Opcodes.GOTO, loop);
        return end(writer, code, 0, 0);
    }

    /**
     * {@code if (while)(int)}: names that no source can have, variables that are not there, code that nothing leads to, ranges that
     * overlap, and a handler in its own range. Returns -1.
     */
    static byte[] obfuscated() {
        ClassWriter writer = begin(Opcodes.V1_5);
        MethodVisitor code = method(writer, "if (while)", "(I)I");
        Label start = new Label();
        Label middle = new Label();
        Label handler = new Label();
        Label behind = new Label();
        Label end = new Label();
        code.visitTryCatchBlock(start, behind, handler, "java/lang/ArithmeticException");
        code.visitTryCatchBlock(middle, end, handler, "java/lang/RuntimeException");
        code.visitLabel(start);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitLabel(middle);
        code.visitInsn(Opcodes.IDIV);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(handler);
        code.visitInsn(Opcodes.POP);
        code.visitIincInsn(0, -1);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitJumpInsn(Opcodes.IFGE, start);
        code.visitLabel(behind);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(end);
        code.visitLocalVariable("class", "Lno/such/Type;", "<<", start, end, 0);
        code.visitAttribute(new Attribute("Watermark") {
            @Override
            protected ByteVector write(ClassWriter classWriter, byte[] bytes, int length, int maxStack, int maxLocals) {
                return new ByteVector().putInt(42);
            }
        });
        return end(writer, code, 2, 1);
    }

    private static void allocate(MethodVisitor code, int bytes) {
        for (int n = 0; n < bytes; n += BYTES_PER_ALLOCATION) {
            code.visitInsn(Opcodes.ICONST_0);
            code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_INT);
            code.visitInsn(Opcodes.POP);
        }
    }

    private static void frame(MethodVisitor code, int version, int thrown) {
        if (version >= Opcodes.V1_7) {
            code.visitFrame(
                    thrown == 0 ? Opcodes.F_SAME : Opcodes.F_SAME1, 0, null, thrown, new Object[] {"java/lang/Throwable"
                    });
        }
    }

    private static ClassWriter begin(int version) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "Odd", null, "java/lang/Object", null);
        return writer;
    }

    private static MethodVisitor method(ClassWriter writer, String name, String descriptor) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static byte[] end(ClassWriter writer, MethodVisitor code, int maxStack, int maxLocals) {
        code.visitMaxs(maxStack, maxLocals);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
