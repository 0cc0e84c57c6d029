package dev.checkrein.agent.stub;

import dev.checkrein.agent.rewrite.ScopeInserter;
import java.lang.invoke.MethodType;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class that methods with scopes call, beside that of the polls and for the same reasons. In Java it would read:
 *
 * <pre>{@code
 * public final class CheckreinScopes {
 *     private static volatile IntConsumer enter;
 *     private static volatile Runnable exit;
 *     private static volatile UnaryOperator failed;
 *
 *     public static void enter(int number) { enter.accept(number); }
 *     public static void exit() { exit.run(); }
 *     public static Throwable failed(Throwable thrown) { return (Throwable) failed.apply(thrown); }
 *     static void set(IntConsumer a, Runnable b, UnaryOperator c) { enter = a; exit = b; failed = c; }
 * }
 * }</pre>
 */
public final class ScopeStub {
    private static final String SET = "set";
    private static final Call ENTER = new Call(ScopeInserter.ENTER, "java/util/function/IntConsumer");
    private static final Call EXIT = new Call(ScopeInserter.EXIT, "java/lang/Runnable");
    private static final Call FAILED = new Call(ScopeInserter.FAILED, "java/util/function/UnaryOperator");
    private static final String THROWABLE = "java/lang/Throwable";

    private ScopeStub() {}

    /** A field and a method of the same name. */
    private record Call(String name, String type) {
        String field() {
            return "L" + type + ";";
        }
    }

    /**
     * Defines it in {@code java.base}.
     *
     * @param enter is given the number of a method that begins
     * @param exit is run when one is about to return, and may throw
     * @param failed is given what one is about to throw, and returns what it is to throw
     * @throws ReflectiveOperationException if this JVM does not let an agent do that
     */
    public static void define(PollStub beside, IntConsumer enter, Runnable exit, UnaryOperator<Throwable> failed)
            throws ReflectiveOperationException {
        Class<?> stub = beside.define(generate());
        MethodType setter = MethodType.methodType(void.class, IntConsumer.class, Runnable.class, UnaryOperator.class);
        try {
            beside.method(stub, SET, setter).invoke(enter, exit, failed);
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The class file. */
    public static byte[] generate() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V17, access, ScopeInserter.STUB, null, "java/lang/Object", null);
        for (Call call : new Call[] {ENTER, EXIT, FAILED}) {
            int field = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE;
            writer.visitField(field, call.name, call.field(), null, null).visitEnd();
        }
        enter(writer);
        exit(writer);
        failed(writer);
        set(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void enter(ClassWriter writer) {
        MethodVisitor code = begin(writer, ENTER, ScopeInserter.ENTER_DESCRIPTOR);
        code.visitVarInsn(Opcodes.ILOAD, 0); // stack: consumer, number
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, ENTER.type, "accept", "(I)V", true); // stack: empty
        StubClass.end(code, Opcodes.RETURN);
    }

    private static void exit(ClassWriter writer) {
        MethodVisitor code = begin(writer, EXIT, ScopeInserter.EXIT_DESCRIPTOR);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, EXIT.type, "run", "()V", true); // stack: empty
        StubClass.end(code, Opcodes.RETURN);
    }

    private static void failed(ClassWriter writer) {
        MethodVisitor code = begin(writer, FAILED, ScopeInserter.FAILED_DESCRIPTOR);
        code.visitVarInsn(Opcodes.ALOAD, 0); // stack: operator, thrown
        String apply = "(Ljava/lang/Object;)Ljava/lang/Object;";
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, FAILED.type, "apply", apply, true); // stack: to throw
        code.visitTypeInsn(Opcodes.CHECKCAST, THROWABLE);
        StubClass.end(code, Opcodes.ARETURN);
    }

    /** A method that begins by loading its field. */
    private static MethodVisitor begin(ClassWriter writer, Call call, String descriptor) {
        MethodVisitor code = StubClass.begin(writer, Opcodes.ACC_PUBLIC, call.name, descriptor, null);
        code.visitFieldInsn(Opcodes.GETSTATIC, ScopeInserter.STUB, call.name, call.field());
        return code;
    }

    private static void set(ClassWriter writer) {
        String descriptor = "(" + ENTER.field() + EXIT.field() + FAILED.field() + ")V";
        MethodVisitor code = StubClass.begin(writer, 0, SET, descriptor, null);
        int argument = 0;
        for (Call call : new Call[] {ENTER, EXIT, FAILED}) {
            code.visitVarInsn(Opcodes.ALOAD, argument++);
            code.visitFieldInsn(Opcodes.PUTSTATIC, ScopeInserter.STUB, call.name, call.field()); // stack: empty
        }
        StubClass.end(code, Opcodes.RETURN);
    }
}
