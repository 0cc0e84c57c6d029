package dev.checkrein.agent.stub;

import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.internal.bridge.Engines;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class that polls call, if they are not those of a shard ({@link ShardClass}), and what both have in common. It becomes
 * part of {@code java.base}, in {@code java.lang}, which is the one package that code under any class loader, in any module,
 * can see. In Java it would read:
 *
 * <pre>{@code
 * public final class CheckreinPoll {
 *     static final CheckreinPoll$Flags FLAGS = new CheckreinPoll$Flags();
 *     static volatile MethodHandle handedOver;
 *     private static volatile IntConsumer slowPath;
 *     private static volatile BiFunction owner;
 *     private static long atLoopCount;   // and so on; stays zero unless polls are to be counted
 *
 *     @ForceInline public static void atLoop() { if (FLAGS.pending) slow(0); }   // and so on, one for each kind of poll
 *     @ForceInline public static void atReturn() { if (FLAGS.returning) slow(3); }
 *     @DontInline static void slow(int kind) { slowPath.accept(kind); }
 *     public static BiFunction owner() { return owner; }
 *     static void pending(boolean value) { FLAGS.pendingPlain = value; FLAGS.pending = value; }
 *     static void returning(boolean value) { FLAGS.returning = value; }
 * }
 * }</pre>
 *
 * <p>No field is public, so that the application cannot set it. The flag that loops look at is volatile: a plain one is read
 * once before a loop and never again. The annotations are honoured because the boot loader defines the class.
 */
public final class StubClass {
    /** As in class files. */
    public static final String INTERNAL_NAME = PollKind.STUB;

    /** Methods that set flags, as the flags are called. */
    static final String SET_PENDING = FlagsClass.PENDING;

    static final String SET_RETURNING = FlagsClass.RETURNING;

    private static final String FLAGS = "FLAGS";
    private static final String FLAGS_TYPE = "L" + FlagsClass.INTERNAL_NAME + ";";
    static final String HANDED_OVER = "handedOver";
    static final String SLOW_PATH = "slowPath";
    static final String OWNER = "owner";

    private static final String INT_CONSUMER = "java/util/function/IntConsumer";
    private static final String BI_FUNCTION = "java/util/function/BiFunction";
    static final String SLOW = "slow";
    static final String METHOD_HANDLE = "java/lang/invoke/MethodHandle";

    private StubClass() {}

    /** The field that counts the polls of a kind, if they are counted. */
    static String counter(PollKind kind) {
        return kind.stubMethod() + "Count";
    }

    /** @param counting whether polls count how often they run */
    public static byte[] generate(boolean counting) {
        // The frame after each branch is the same as at the method's start: nothing to compute a common supertype of.
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                INTERNAL_NAME,
                null,
                "java/lang/Object",
                null);
        field(writer, Opcodes.ACC_FINAL, FLAGS, FLAGS_TYPE);
        initialiser(writer);
        setter(writer, SET_PENDING, FlagsClass.PENDING_PLAIN, FlagsClass.PENDING);
        setter(writer, SET_RETURNING, FlagsClass.RETURNING);
        field(writer, Opcodes.ACC_VOLATILE, HANDED_OVER, "L" + METHOD_HANDLE + ";");
        field(writer, Opcodes.ACC_PRIVATE | Opcodes.ACC_VOLATILE, SLOW_PATH, "L" + INT_CONSUMER + ";");
        field(writer, Opcodes.ACC_PRIVATE | Opcodes.ACC_VOLATILE, OWNER, "L" + BI_FUNCTION + ";");
        for (PollKind kind : PollKind.values()) {
            field(writer, Opcodes.ACC_PRIVATE, counter(kind), "J");
            poll(writer, kind, counting);
        }
        slow(writer);
        owner(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void field(ClassWriter writer, int access, String name, String descriptor) {
        writer.visitField(access | Opcodes.ACC_STATIC, name, descriptor, null, null)
                .visitEnd();
    }

    private static void initialiser(ClassWriter writer) {
        MethodVisitor code = begin(writer, 0, "<clinit>", "()V", null);
        code.visitTypeInsn(Opcodes.NEW, FlagsClass.INTERNAL_NAME); // stack: flags
        code.visitInsn(Opcodes.DUP); // stack: flags, flags
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, FlagsClass.INTERNAL_NAME, "<init>", "()V", false); // stack: flags
        code.visitFieldInsn(Opcodes.PUTSTATIC, INTERNAL_NAME, FLAGS, FLAGS_TYPE); // stack: empty
        end(code, Opcodes.RETURN);
    }

    private static void setter(ClassWriter writer, String name, String... flags) {
        MethodVisitor code = begin(writer, 0, name, "(Z)V", null);
        for (String flag : flags) {
            code.visitFieldInsn(Opcodes.GETSTATIC, INTERNAL_NAME, FLAGS, FLAGS_TYPE); // stack: flags
            code.visitVarInsn(Opcodes.ILOAD, 0); // stack: flags, value
            code.visitFieldInsn(Opcodes.PUTFIELD, FlagsClass.INTERNAL_NAME, flag, "Z"); // stack: empty
        }
        end(code, Opcodes.RETURN);
    }

    private static void poll(ClassWriter writer, PollKind kind, boolean counting) {
        MethodVisitor code = begin(writer, Opcodes.ACC_PUBLIC, kind.stubMethod(), PollKind.DESCRIPTOR, "ForceInline");
        if (counting) {
            code.visitFieldInsn(Opcodes.GETSTATIC, INTERNAL_NAME, counter(kind), "J"); // stack: count
            code.visitInsn(Opcodes.LCONST_1); // stack: count, 1
            code.visitInsn(Opcodes.LADD); // stack: count
            code.visitFieldInsn(Opcodes.PUTSTATIC, INTERNAL_NAME, counter(kind), "J"); // stack: empty
        }
        slowIf(code, kind == PollKind.RETURN ? FlagsClass.RETURNING : FlagsClass.PENDING, kind);
        end(code, Opcodes.RETURN);
    }

    /** Appends a test of one of the flags. */
    static void slowIf(MethodVisitor code, String flag, PollKind kind) {
        code.visitFieldInsn(Opcodes.GETSTATIC, INTERNAL_NAME, FLAGS, FLAGS_TYPE); // stack: flags
        code.visitFieldInsn(Opcodes.GETFIELD, FlagsClass.INTERNAL_NAME, flag, "Z"); // stack: flag
        slowIfTrue(code, kind);
    }

    /** Appends a jump to the slow path for when the value on the stack is true. */
    static void slowIfTrue(MethodVisitor code, PollKind kind) {
        Label done = new Label();
        code.visitJumpInsn(Opcodes.IFEQ, done); // stack: empty
        code.visitIntInsn(Opcodes.BIPUSH, kind.code()); // stack: kind
        code.visitMethodInsn(Opcodes.INVOKESTATIC, INTERNAL_NAME, SLOW, "(I)V", false); // stack: empty
        code.visitLabel(done);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }

    private static void slow(ClassWriter writer) {
        MethodVisitor code = begin(writer, 0, SLOW, "(I)V", "DontInline");
        code.visitFieldInsn(Opcodes.GETSTATIC, INTERNAL_NAME, SLOW_PATH, "L" + INT_CONSUMER + ";"); // stack: consumer
        code.visitVarInsn(Opcodes.ILOAD, 0); // stack: consumer, kind
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, INT_CONSUMER, "accept", "(I)V", true); // stack: empty
        end(code, Opcodes.RETURN);
    }

    private static void owner(ClassWriter writer) {
        String descriptor = "()L" + BI_FUNCTION + ";";
        MethodVisitor code = begin(writer, Opcodes.ACC_PUBLIC, Engines.STUB_OWNER, descriptor, null);
        code.visitFieldInsn(Opcodes.GETSTATIC, INTERNAL_NAME, OWNER, "L" + BI_FUNCTION + ";"); // stack: owner
        end(code, Opcodes.ARETURN);
    }

    static MethodVisitor begin(ClassWriter writer, int access, String name, String descriptor, String annotation) {
        MethodVisitor code = writer.visitMethod(access | Opcodes.ACC_STATIC, name, descriptor, null, null);
        if (annotation != null) {
            code.visitAnnotation("Ljdk/internal/vm/annotation/" + annotation + ";", true)
                    .visitEnd();
        }
        code.visitCode();
        return code;
    }

    static void end(MethodVisitor code, int returnOpcode) {
        code.visitInsn(returnOpcode);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
