package dev.checkrein.agent.stub;

import dev.checkrein.agent.rewrite.PollKind;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class of the object that holds the flags, alone in its cache lines: every poll that reads one would have to fetch the line anew
 * whenever anything else in it is written, by whomever. Static fields cannot be kept apart like that. In Java it would read:
 *
 * <pre>{@code
 * final class CheckreinPoll$Flags {
 *     @Contended("flags") volatile boolean pending;
 *     @Contended("flags") boolean pendingPlain;        // the same, for polls that may see it late
 *     @Contended("flags") volatile boolean returning;
 * }
 * }</pre>
 *
 * <p>The annotation is honoured because the boot loader defines the class.
 */
public final class FlagsClass {
    /** As in class files. */
    public static final String INTERNAL_NAME = PollKind.STUB + "$Flags";

    static final String PENDING = "pending";
    static final String PENDING_PLAIN = "pendingPlain";
    static final String RETURNING = "returning";

    private static final String CONTENDED = "Ljdk/internal/vm/annotation/Contended;";

    private FlagsClass() {}

    /** The class file. */
    public static byte[] generate() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        int flags = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V17, flags, INTERNAL_NAME, null, "java/lang/Object", null);
        field(writer, Opcodes.ACC_VOLATILE, PENDING);
        field(writer, 0, PENDING_PLAIN);
        field(writer, Opcodes.ACC_VOLATILE, RETURNING);
        MethodVisitor code = writer.visitMethod(0, "<init>", "()V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0); // stack: this
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false); // stack: empty
        StubClass.end(code, Opcodes.RETURN);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void field(ClassWriter writer, int access, String name) {
        FieldVisitor field = writer.visitField(access, name, "Z", null, null);
        var contended = field.visitAnnotation(CONTENDED, true);
        contended.visit("value", "flags");
        contended.visitEnd();
        field.visitEnd();
    }
}
