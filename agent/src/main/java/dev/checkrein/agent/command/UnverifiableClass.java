package dev.checkrein.agent.command;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class that every verifier must refuse. It shows that one is at work. */
final class UnverifiableClass {
    /** In a package of the boot loader's, whose classes a JVM is the least inclined to verify. */
    static final String NAME = "java.lang.CheckreinUnverifiable";

    private UnverifiableClass() {}

    static byte[] generate() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_SUPER, NAME.replace('.', '/'), null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "nullAsInt", "()I", null, null);
        code.visitCode();
        code.visitInsn(Opcodes.ACONST_NULL); // stack: null
        code.visitInsn(Opcodes.IRETURN); // wants an int
        code.visitMaxs(1, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
