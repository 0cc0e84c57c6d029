package dev.checkrein.agent.command;

import com.acme.Polled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Class files for the tests of the command. */
final class Samples {
    static final String POLLED = Polled.class.getName();
    static final String POLLED_PATH = POLLED.replace('.', '/') + ".class";

    private Samples() {}

    static byte[] polled() {
        return classFile(POLLED_PATH);
    }

    /** An interface at the root without code. */
    static byte[] empty() {
        ClassWriter writer = new ClassWriter(0);
        int access = Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
        writer.visit(Opcodes.V17, access, "Empty", null, "java/lang/Object", null);
        writer.visitEnd();
        return writer.toByteArray();
    }

    static byte[] malformed() {
        return Arrays.copyOf(polled(), polled().length / 2);
    }

    /** A class at the root that a JVM refuses. */
    static byte[] unverifiable(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_SUPER, name, null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "nullAsInt", "()I", null, null);
        code.visitCode();
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(1, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** A class at the root with one method that a JVM takes. */
    static byte[] verifiable(String name, String superName) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_SUPER, name, null, superName, null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "nothing", "()V", null, null);
        code.visitCode();
        code.visitInsn(Opcodes.NOP);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static byte[] classFile(String path) {
        try (InputStream in = Samples.class.getResourceAsStream("/" + path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
