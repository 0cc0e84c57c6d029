package dev.checkrein.agent.rewrite;

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
