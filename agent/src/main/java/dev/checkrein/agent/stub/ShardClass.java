package dev.checkrein.agent.stub;

import dev.checkrein.agent.rewrite.PollKind;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class that the polls of some of the application's classes call, so that they can be changed without disturbing the others.
 * It is redefined when a thread in one of them must be stopped, a few times in its life at most, and never back: HotSpot gives up
 * compiling what it had to throw away too often. In Java it would read, at first and at last:
 *
 * <pre>{@code
 * public final class CheckreinPoll$17 {
 *     @ForceInline public static void atLoop() {}      // if (CheckreinPoll$17$Site.get()) CheckreinPoll.slow(0);
 *     @ForceInline public static void atEntry() {}     // the same with slow(1), and once there was a pause:
 *     @ForceInline public static void atAllocation() {}  // if (CheckreinPoll.FLAGS.pendingPlain) CheckreinPoll.slow(1);
 * }
 * }</pre>
 */
final class ShardClass {
    /** What a poll does. */
    enum Form {
        /** Nothing: the interpreter pays for a call, compiled code for nothing. */
        EMPTY,
        /** Ask a call site, which compiled code takes for a constant until it changes. */
        CALL_SITE,
        /** Read the flag: in loops the volatile one, elsewhere the plain one. */
        FLAG
    }

    private static final int CLASS_FILE_VERSION = Opcodes.V17;

    private ShardClass() {}

    /** As in class files. */
    static String name(int shard) {
        return PollKind.STUB + "$" + shard;
    }

    static String siteName(int shard) {
        return name(shard) + "$Site";
    }

    /** @param entries what entries and allocations do */
    static byte[] generate(int shard, Form loops, Form entries) {
        ClassWriter writer = begin(name(shard), Opcodes.ACC_PUBLIC);
        addPoll(writer, shard, PollKind.LOOP, loops, FlagsClass.PENDING);
        addPoll(writer, shard, PollKind.ENTRY, entries, FlagsClass.PENDING_PLAIN);
        addPoll(writer, shard, PollKind.ALLOCATION, entries, FlagsClass.PENDING_PLAIN);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void addPoll(ClassWriter writer, int shard, PollKind kind, Form form, String flag) {
        MethodVisitor code = poll(writer, kind);
        if (form == Form.CALL_SITE) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, siteName(shard), "get", "()Z", false); // stack: armed
            StubClass.slowIfTrue(code, kind);
        } else if (form == Form.FLAG) {
            StubClass.slowIf(code, flag, kind);
        }
        StubClass.end(code, Opcodes.RETURN);
    }

    /**
     * The class of a shard's call site:
     *
     * <pre>{@code
     * final class CheckreinPoll$17$Site {
     *     private static final MethodHandle INVOKER = CheckreinPoll.handedOver;
     *     @ForceInline static boolean get() { return (boolean) INVOKER.invokeExact(); }
     * }
     * }</pre>
     *
     * <p>Its first call links it, which runs Java code of the JDK. It must be called once before polls do.
     */
    static byte[] generateSite(int shard) {
        String handle = "L" + StubClass.METHOD_HANDLE + ";";
        String name = siteName(shard);
        ClassWriter writer = begin(name, 0);
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "INVOKER", handle, null, null)
                .visitEnd();
        MethodVisitor initialiser = StubClass.begin(writer, 0, "<clinit>", "()V", null);
        initialiser.visitFieldInsn(Opcodes.GETSTATIC, StubClass.INTERNAL_NAME, StubClass.HANDED_OVER, handle);
        initialiser.visitFieldInsn(Opcodes.PUTSTATIC, name, "INVOKER", handle); // stack: empty
        StubClass.end(initialiser, Opcodes.RETURN);
        MethodVisitor get = StubClass.begin(writer, 0, "get", "()Z", "ForceInline");
        get.visitFieldInsn(Opcodes.GETSTATIC, name, "INVOKER", handle); // stack: invoker
        get.visitMethodInsn(Opcodes.INVOKEVIRTUAL, StubClass.METHOD_HANDLE, "invokeExact", "()Z", false);
        StubClass.end(get, Opcodes.IRETURN);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static ClassWriter begin(String name, int access) {
        // The frame after each branch is the same as at the method's start: nothing to compute a common supertype of.
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        int flags = access | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
        writer.visit(CLASS_FILE_VERSION, flags, name, null, "java/lang/Object", null);
        return writer;
    }

    private static MethodVisitor poll(ClassWriter writer, PollKind kind) {
        return StubClass.begin(writer, Opcodes.ACC_PUBLIC, kind.stubMethod(), PollKind.DESCRIPTOR, "ForceInline");
    }
}
